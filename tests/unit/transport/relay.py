"""Something between client and server that hides, freezes and cuts; and a server of a few lines that says anything."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Sequence
from typing import ClassVar, Self


class Relay:
    """A TCP relay that can hide capabilities, fall silent, and cut; what the client sent is kept."""

    def __init__(self, port: int, hide: Sequence[str] = (), host: str = "127.0.0.1") -> None:
        self._target = port
        self.hide(*hide)
        self._listener = socket.create_server((host, 0))
        self.port: int = self._listener.getsockname()[1]
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._flowing = threading.Event()
        self._flowing.set()
        self.sent = b""
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def hide(self, *names: str) -> None:
        """These words are made illegible in whatever the server says from now on."""
        self._hide = [name.encode() for name in names]

    def freeze(self) -> None:
        """The connections stay open and nothing passes, as when a router forgot them."""
        self._flowing.clear()

    def thaw(self) -> None:
        self._flowing.set()

    def cut(self) -> None:
        for pair in self._pairs:
            for sock in pair:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.thaw()
        self.cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self.connections += 1
                self._pairs.append((near, far))
                threading.Thread(target=self._up, args=(near, far), daemon=True).start()
                threading.Thread(target=self._down, args=(far, near), daemon=True).start()

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        with near, contextlib.suppress(OSError):
            while data := near.recv(65536):
                self._flowing.wait()
                self.sent += data
                far.sendall(data)
            far.shutdown(socket.SHUT_WR)

    def _down(self, far: socket.socket, near: socket.socket) -> None:
        with far, contextlib.suppress(OSError):
            while data := far.recv(65536):
                self._flowing.wait()
                for name in self._hide:
                    data = data.replace(name, b"X" * len(name))
                near.sendall(data)
            near.shutdown(socket.SHUT_WR)


class Scripted:
    """An IMAP server of a few lines: `answers` maps the beginning of a command to what is said before its OK.

    An answer that ends in "!" is said, and then the connection ends; one that begins with "NO " is the tagged answer.
    """

    BASE: ClassVar = {
        "CAPABILITY": "* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS",
        "SELECT": "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 4] ok",
        "UID SEARCH": "* SEARCH 1 2 3",
    }

    def __init__(self, answers: dict[str, str]) -> None:
        self._answers = {**self.BASE, **answers}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.commands: list[str] = []
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(sock,), daemon=True).start()

    def _talk(self, sock: socket.socket) -> None:
        with sock, sock.makefile("rb") as lines, contextlib.suppress(OSError):
            sock.sendall(b"* OK ready\r\n")
            for line in lines:
                tag, _, command = line.decode().strip().partition(" ")
                self.commands.append(command or tag)
                said = next(
                    (said for name, said in self._answers.items() if command.startswith(name)), ""
                )
                last = said.endswith("!")
                if command == "IDLE":
                    sock.sendall(b"+ idling\r\n" + wire(said))
                    lines.readline()  # DONE
                    said = ""
                done = (
                    "" if last else f"{tag} {said}" if said.startswith("NO ") else f"{tag} OK done"
                )
                sock.sendall(wire("" if said.startswith("NO ") else said.rstrip("!")) + wire(done))
                if last or command == "LOGOUT":
                    return


def wire(text: str) -> bytes:
    return f"{text}\r\n".encode() if text else b""
