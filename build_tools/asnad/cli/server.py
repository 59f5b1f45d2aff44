"""A small server of static files for trying a site out; publishing needs none."""

from __future__ import annotations

import http.server
import socket
import threading
from functools import partial
from pathlib import Path
from types import TracebackType

import click

from asnad.errors import PublicationError


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files only, fresh at every request, without a log line for each."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".webmanifest": "application/manifest+json",
        ".js": "text/javascript",
        ".ics": "text/calendar",
        ".woff2": "font/woff2",
    }

    def end_headers(self) -> None:
        """Forbid caching, so that a new build shows at once."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        """Show no list of a folder; a static host does not either."""
        del path
        self.send_error(404)

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


class SiteServer:
    """Serves one folder until it is closed."""

    def __init__(self, folder: Path, host: str, port: int) -> None:
        """
        Listen.

        Args:
            folder: The site.

            host: ``127.0.0.1``, or ``0.0.0.0`` for the local network.

            port: 0 for any free one.

        Raises:
            PublicationError: The port is in use.

        """
        handler = partial(_Handler, directory=str(folder))
        try:
            self._server = http.server.ThreadingHTTPServer((host, port), handler)
        except OSError as error:
            raise PublicationError(
                f"cannot serve here: {error.strerror}", place=f"port {port}", hint="choose another with --port"
            ) from None
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._server.server_address[1])

    def __enter__(self) -> SiteServer:
        """Begin to answer."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def serve_until_interrupted(self) -> None:
        """Wait for Ctrl-C."""
        try:
            while self._thread.is_alive():
                self._thread.join(1)
        except KeyboardInterrupt:
            click.echo("\nStopped.")


def local_address(port: int) -> str:
    """
    Give the address of this machine for itself.

    Args:
        port: On which is served.

    """
    return f"http://localhost:{port}/"


def lan_address(port: int) -> str:
    """
    Give the address of this machine in its local network.

    Args:
        port: On which is served.

    Raises:
        PublicationError: There is no network.

    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # No packet is sent: connecting a datagram socket only asks which of our addresses would be used.
            probe.connect(("192.0.2.1", 9))
            host = probe.getsockname()[0]
        except OSError:
            raise PublicationError(
                "expected a local network, found none", hint="connect to the same Wi-Fi as the phone"
            ) from None
    return f"http://{host}:{port}/"
