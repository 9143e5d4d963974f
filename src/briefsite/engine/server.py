"""MkDocs' own server, for a preview: its pages are rendered when they are asked for."""

from __future__ import annotations

import gc
import hashlib
import re
import threading
import time
import traceback
import urllib.parse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from briefsite.engine.preview import Preview, Shown
from briefsite.engine.watch import Watcher

_SCRIPT = Path(__file__).with_name("preview.js")
_SCRIPT_PATH = "/livereload/preview.js"
_CHANGED = re.compile(r"/livereload/changed/([0-9]+)(/.*)")

Start = Callable[[str, list[tuple[str, str]]], object]


class PreviewServer(LiveReloadServer):
    """Serves a preview, and tells each open page when there is something else for it."""

    def __init__(self, preview: Preview, host: str, port: int, mount_path: str) -> None:
        super().__init__(self.renew, host, port, str(preview.folder), mount_path)
        self.preview = preview
        self.observer: Any = Watcher()
        self.build_delay = 0.02
        self.error_handler = self._error_page
        self._born = self._visible_epoch
        self._digests: dict[str, tuple[bytes, int]] = {}
        self._sweeping: threading.Timer | None = None

    def renew(self) -> None:
        """Read what has changed.

        Python looks for unused objects every so often, which among all records takes a second:
        here it does so when nobody waits.
        """
        gc.disable()
        if self._sweeping is not None:
            self._sweeping.cancel()
        try:
            self.preview.renew()
        except Exception:  # noqa: BLE001 - whatever it is, requests must not wait for ever
            traceback.print_exc()
            self.preview.fail("a mistake in the generator: the terminal tells where\n")
        self._sweeping = threading.Timer(2.0, gc.collect if self._sweeping else _settle)
        self._sweeping.daemon = True
        self._sweeping.start()

    def shutdown(self, wait: bool = False) -> None:
        """Serve no more."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        gc.enable()
        super().shutdown(wait)

    def _serve_request(self, environ: dict[str, Any], start_response: Start) -> Any:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path == _SCRIPT_PATH:
            return _answer(start_response, _SCRIPT.read_bytes(), "application/javascript")
        if found := _CHANGED.fullmatch(path):
            self._wait()
            path, since = found[2], int(found[1])
            name = self._name(path)
            shown = self.preview.show(name) if name is not None else None
            changed = self._changed(path, shown) > since
            return _answer(start_response, b"yes" if changed else b"no", "text/plain")
        name = self._name(path)
        if path.startswith("/livereload/") or name is None:
            return super()._serve_request(environ, start_response)
        epoch = self._wait()
        shown = self.preview.show(name)
        if shown is None:
            if self.preview.show(f"{name}/index.html") is None:
                return None
            start_response("302 Found", [("Location", f"{urllib.parse.quote(path)}/")])
            return []
        if shown.content is None:
            content = self._error_page(500, shown) or b""
            return _answer(start_response, content, "text/html")
        if name.endswith(".html"):
            self._changed(path, shown)
            return _answer(start_response, self._framed(shown, epoch), "text/html")
        kind: str = self._guess_type(name)  # type: ignore[no-untyped-call]
        return _answer(start_response, shown.content, kind)

    def _wait(self) -> int:
        """Until what has been written is read: an old page is never served knowingly.

        Gives the time of that reading. What is shown afterwards may be newer, never older.
        """
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            return self._visible_epoch

    def _name(self, path: str) -> str | None:
        """The file of the site at the path of a request; None if it lies outside."""
        if not path.startswith(self.mount_path):
            return None
        name = path[len(self.mount_path) :]
        return f"{name}index.html" if not name or name.endswith("/") else name

    def _changed(self, path: str, shown: Shown | None) -> int:
        """Since when a page is what it is now, as far as it was ever shown."""
        digest = self.preview.looks + b"\0"
        if shown is not None:
            digest += (shown.content or b"") + b"\0" + shown.overlay.encode()
        digest = hashlib.sha256(digest).digest()
        before, since = self._digests.get(path, (digest, self._born))
        if before != digest:
            # That of a reading that is just over, before it is said to be.
            since = self._wanted_epoch
        self._digests[path] = digest, since
        return since

    def _error_page(self, code: int, shown: Shown | None = None) -> bytes | None:
        """The theme's page for an error, with the problems over it."""
        page = self.preview.show("404.html")
        if page is None or page.content is None:
            return None
        overlay = shown.overlay if shown is not None else page.overlay
        return self._framed(Shown(page.content, overlay), self._visible_epoch)

    def _framed(self, shown: Shown, epoch: int) -> bytes:
        """A page with its problems and the script that follows it."""
        number = time.monotonic_ns()
        script = (
            f'{shown.overlay}<script src="{_SCRIPT_PATH}"'
            f' data-epoch="{epoch}" data-id="{number}"></script>'
        )
        head, end, tail = (shown.content or b"").rpartition(b"</body>")
        if not end:
            head, tail = tail, b""
        return head + script.encode() + end + tail


def _settle() -> None:
    """What there is now will stay: it needs not be looked through again."""
    gc.collect()
    gc.freeze()


def _answer(start: Start, content: bytes, kind: str) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
    return [content]
