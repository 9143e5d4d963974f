"""A small client of the language server protocol, over the server's standard input and output."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TIMEOUT = 60.0


class Client:
    """Sends requests to a server and waits for its answers; whatever it asks for is answered."""

    def __init__(self, process: subprocess.Popen[bytes], settings: dict[str, Any]) -> None:
        self._process = process
        self._settings = settings
        self._last = 0
        self._received: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        threading.Thread(target=self._read, daemon=True).start()

    def request(self, method: str, parameters: object) -> Any:
        """The result of a request. Raises TimeoutError, or RuntimeError with the server's error."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == self._last and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"])
                return message.get("result")

    def notify(self, method: str, parameters: object) -> None:
        self._send({"method": method, "params": parameters})

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file in the editor, or another text as a new file beside it; its URI."""
        if text is None:
            text = path.read_text(encoding="utf-8")
        else:  # so that nothing said of an earlier text is taken for what is said of this one
            self._last += 1
            path = path.with_stem(f"{path.stem}-{self._last}")
        uri = path.resolve().as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What the server says of a file that was opened."""
        while uri not in self._diagnostics:
            self._next()
        return self._diagnostics[uri]

    def _next(self) -> dict[str, Any]:
        try:
            message = self._received.get(timeout=TIMEOUT)
        except queue.Empty:
            raise TimeoutError("the language server does not answer") from None
        if message is None:
            raise RuntimeError("the language server has ended")
        if message.get("method") == "textDocument/publishDiagnostics":
            given = message["params"]
            self._diagnostics[given["uri"]] = given["diagnostics"]
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, message: dict[str, Any]) -> object:
        if message["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item["section"], {}) for item in message["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while header := stream.readline().strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                self._received.put(None)
                return
            self._received.put(json.loads(stream.read(length)))


@contextmanager
def language_server(command: list[str], root: Path) -> Iterator[Client]:
    """A server for the files below a folder, which is ended afterwards."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    settings = {"yaml": {"schemaStore": {"enable": False}, "hover": True, "completion": True}}
    client = Client(process, settings)
    try:
        folder = {"uri": root.resolve().as_uri(), "name": root.name}
        documentation = {"hover": {"contentFormat": ["markdown"]}}
        client.request(
            "initialize",
            {
                "processId": None,
                "rootUri": folder["uri"],
                "workspaceFolders": [folder],
                "capabilities": {
                    "textDocument": documentation,
                    "workspace": {"configuration": True, "workspaceFolders": True},
                },
            },
        )
        client.notify("initialized", {})
        client.notify("workspace/didChangeConfiguration", {"settings": settings})
        yield client
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            stream.close()
