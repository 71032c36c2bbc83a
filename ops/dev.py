"""`make dev`: a newsroom from this checkout that restarts when Python changes and rebuilds when web/ changes.

The first time it is the demo, with its accounts and a live blog being replayed; after a change, and the next day, the
same newsroom is served again. `make dev DEV=--fresh` begins anew, `make dev DEV=--port=9000` serves elsewhere. Run by
hand only; imports only the standard library.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "stoppress-data" / "dev"
MANIFEST = ROOT / "src" / "stoppress" / "static" / "manifest.json"
STOPPRESS = Path(sys.executable).with_name("stoppress")
LOOK_SECONDS = 0.5
STOP_SECONDS = 15


def state_of_the_source() -> dict[Path, int]:
    """Every file that a running server has read, with its time: Python, templates, and which assets are built."""
    source = ROOT / "src" / "stoppress"
    return {
        path: path.stat().st_mtime_ns
        for pattern in ("*.py", "*.html", "*.json", "*.txt")
        for path in source.rglob(pattern)
    }


def start(port: str) -> subprocess.Popen[bytes]:
    """The demo when there is no newsroom yet, else the newsroom."""
    word = "serve" if (DATA / "stoppress.sqlite3").exists() else "demo"
    return subprocess.Popen((STOPPRESS, word, "--data", DATA, "--port", port))


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; make it end when it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run(port: str) -> None:
    """Serve until Ctrl+C; start again after each change."""
    server = start(port)
    known = state_of_the_source()
    try:
        while True:
            time.sleep(LOOK_SECONDS)
            now = state_of_the_source()
            if now != known:
                changed = sorted({path.name for path, _ in known.items() ^ now.items()})
                sys.stderr.write(f"── {', '.join(changed[:3])} changed: starting again\n")
                stop(server)
                known = state_of_the_source()
                server = start(port)
    except KeyboardInterrupt:
        stop(server)


def main() -> None:
    """See the head of this file."""
    parser = argparse.ArgumentParser(description="A newsroom from this checkout.")
    parser.add_argument("--port", default="8000")
    parser.add_argument("--fresh", action="store_true", help="throw the development newsroom away first")
    options = parser.parse_args()
    if options.fresh:
        shutil.rmtree(DATA, ignore_errors=True)
    began = time.time()
    # In a session of its own: Ctrl+C is for us, and we end it with all that npm started.
    watcher = subprocess.Popen(
        ("npm", "run", "--silent", "watch"),  # noqa: S607 (from .venv, on PATH)
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        while not MANIFEST.exists() or MANIFEST.stat().st_mtime < began:
            time.sleep(LOOK_SECONDS)  # the watcher builds once before it watches
        run(options.port)
    finally:
        os.killpg(watcher.pid, signal.SIGTERM)


if __name__ == "__main__":
    main()
