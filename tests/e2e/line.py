"""The line between a browser and the server, in the test's hand: cut, deaf (requests arrive, answers do not), whole.

Chromium's own "offline" leaves some ways open (service workers, streams); a line that is cut is cut for all.
"""

import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.e2e.server import Server

STEP_SECONDS = 0.1  # a line that is cut notices within this


class Line:
    """Stands where the server stands, for the browser. Use as a context manager."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._state = "whole"
        self._age = 0  # counts breaks: a connection of an earlier age is dead
        self._over = False
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(STEP_SECONDS)
        self._threads: list[threading.Thread] = []
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._start(self._answer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._over = True
        for thread in list(self._threads):
            thread.join()
        self._door.close()

    def cut(self) -> None:
        """Nothing passes, and what was open is broken off."""
        self._state = "cut"
        self._age += 1

    def deafen(self) -> None:
        """From now on requests arrive, and the connection breaks before the answer is through."""
        self.cut()
        self._state = "deaf"

    def mend(self) -> None:
        """As if nothing had been."""
        self._age += 1
        self._state = "whole"

    def _start(self, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _answer(self) -> None:
        while not self._over:
            try:
                near, _ = self._door.accept()
            except TimeoutError:
                continue
            if self._state == "cut":
                near.close()
            else:
                self._start(self._carry, near, self._age)

    def _carry(self, near: socket.socket, age: int) -> None:
        with suppress(OSError), near, socket.create_connection(("127.0.0.1", self._server.port)) as far:
            while age == self._age:
                ready, _, _ = select.select((near, far), (), (), STEP_SECONDS)
                if age != self._age:  # broken while we waited: what came since does not pass
                    return
                for one in ready:
                    data = one.recv(65536)
                    if not data or (one is far and self._state == "deaf"):
                        return
                    (far if one is near else near).sendall(data)
