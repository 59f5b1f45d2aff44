"""A host of static pages as most are: it compresses text, and keeps a connection open."""

from __future__ import annotations

import gzip
import mimetypes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

PACKED = (".html", ".js", ".css", ".json", ".svg", ".webmanifest", ".wasm")


class CompressingSite:
    """Serves a folder from memory, each text as ``gzip -9`` makes it, until it is stopped."""

    def __init__(self, folder: Path) -> None:
        """
        Read the folder and listen.

        Args:
            folder: A built site.

        """
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        packed = {path: gzip.compress(data, 9) for path, data in files.items() if path.endswith(PACKED)}

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.partition("?")[0].removeprefix("/")
                name = path + "index.html" if path.endswith("/") or not path else path
                content = packed.get(name, files.get(name))
                self.send_response(404 if content is None else 200)
                self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
                self.send_header("Content-Length", str(len(content or b"")))
                if name in packed:
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Stay quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Be gone, as a site is for a phone without a connection."""
        self._server.shutdown()
        self._server.server_close()
