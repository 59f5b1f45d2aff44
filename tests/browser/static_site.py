"""A static host on this machine, whose files a test can change and which it can stop and start again."""

from __future__ import annotations

import mimetypes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep


class StaticSite:
    """Serves files from memory, as a host of static pages would."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        # Seconds before an answer to what a path begins with.
        self.delays: dict[str, float] = {}
        # What the site says of the time, as HTTP writes it; nothing, for the clocks of tests stand still elsewhere.
        self.date: str | None = None
        self._port = 0
        self._server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/"

    def start(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.split("?")[0].removeprefix("/")
                site.asked.append(self.path)
                sleep(max((delay for start, delay in site.delays.items() if path.startswith(start)), default=0))
                name = path + "index.html" if path.endswith("/") else path
                content = site.files.get(name)
                self.send_response_only(404 if content is None else 200)
                if site.date is not None:
                    self.send_header("Date", site.date)
                self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
                self.send_header("Content-Length", str(len(content or b"")))
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing: a test tells what went wrong."""

        # A restarted site keeps its port, for its origin is its port too.
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
