"""A mail relay that does as it is told: it takes letters, refuses them, hangs, or breaks off.

with Relay("451 at RCPT") as relay:
    ...
relay.taken  # the letters it said yes to, or read to their end
"""

from __future__ import annotations

import email
import socketserver
import threading
from email.message import Message
from typing import Any, Self


class Relay:
    """Listens on a port of this machine until the block ends. ``says`` may change meanwhile.

    ``says`` is one of: ``yes``; ``CODE at WHERE`` with WHERE one of CONNECT, MAIL, RCPT, DATA, END;
    ``hang at WHERE``; ``break at END`` (it has the whole letter, and never says so).
    """

    def __init__(self, says: str = "yes") -> None:
        self.says = says
        self.taken: list[Message] = []
        self.over = threading.Event()
        relay = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                relay._talk(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of the letters, in their order."""
        return [letter["Message-ID"] for letter in self.taken]

    def _talk(self, talk: Any) -> None:
        if not self._answer(talk, "CONNECT", "220 here"):
            return
        while line := talk.rfile.readline():
            word = line[:4].upper().decode()
            where = {"MAIL": "MAIL", "RCPT": "RCPT", "DATA": "DATA"}.get(word, "")
            usual = "354 go on" if where == "DATA" else "250 yes"
            if word == "QUIT" or not self._answer(talk, where, usual):
                return
            if where == "DATA" and not self.says.endswith(" at DATA") and not self._read(talk):
                return

    def _read(self, talk: Any) -> bool:
        """Read one letter to its end, and say what is to be said of it."""
        lines = []
        while (line := talk.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        if "at END" not in self.says or self.says.startswith("break"):
            self.taken.append(email.message_from_bytes(b"".join(lines)))
        return self._answer(talk, "END", "250 taken")

    def _answer(self, talk: Any, where: str, usual: str) -> bool:
        """Say what is to be said here; return whether the talk goes on."""
        word, _at, place = self.says.partition(" at ")
        if place != where or not where:
            word = usual
        if word == "hang":
            self.over.wait(30)
        if word in {"hang", "break"}:
            return False
        talk.wfile.write(f"{word} .\r\n".encode())
        return not word.startswith("421")
