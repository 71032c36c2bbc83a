"""A process with an edge in it, for tests that stop it: `python -m tests.edge.serve_once FOLDER`; prints its port."""

import sys
from pathlib import Path

from stoppress.bus.sqlite import SqliteBus
from stoppress.edge.app import Edge
from stoppress.edge.server import server_for
from stoppress.edge.sqlite_store import SqliteStore


def main() -> None:
    """Serve the read model in the folder until told to stop."""
    folder = Path(sys.argv[1])
    path = folder / "stoppress.sqlite3"
    edge = Edge(
        store=SqliteStore(path),
        bus=SqliteBus(path),
        media_root=folder,
        public_url="http://127.0.0.1",
        static_root=folder,
    )
    server_for(edge, port=0, listening=tell).run()


def tell(port: int) -> None:
    """Say where."""
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
