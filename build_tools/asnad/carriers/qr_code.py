"""
The drawing of a certificate's code: text to modules, modules to an SVG of real size.

Error correction M, quiet zone 4 modules, version at most 20: docs/format.md §4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import escape
from qrcode import QRCode as ModuleBuilder
from qrcode.constants import ERROR_CORRECT_M

from asnad.errors import IssuingError

MAX_VERSION = 20
DENSE_ABOVE_VERSION = 15
QUIET_ZONE_MODULES = 4
MODULE_MM = 0.7
MIN_MODULE_MM = 0.5

# A run of digits at least this long becomes a numeric segment: 3.3 bits a digit instead of 8.
_NUMERIC_RUN = 20
# Trying all eight masks costs four times the drawing and gains nothing: each mask was read equally often.
_MASK = 2


@dataclass(frozen=True, slots=True)
class QRCode:
    """A drawn code: its version, and rows of modules from the top, quiet zone included, ``True`` being black."""

    version: int
    rows: tuple[tuple[bool, ...], ...]

    @property
    def modules(self) -> int:
        """Modules on one side, quiet zone included."""
        return len(self.rows)

    @property
    def dense(self) -> bool:
        """Whether cheap phones will have trouble reading it from paper (version above 15)."""
        return self.version > DENSE_ABOVE_VERSION

    def to_svg(self, module_mm: float = MODULE_MM, title: str = "") -> str:
        """
        Draw the code as one SVG element, black on white, of real size.

        Args:
            module_mm: Side of one module in millimetres, at least 0.5.

            title: What a screen reader says; plain text.

        Returns:
            An ``<svg>`` element without style attributes, so that a strict content security policy admits it.

        Raises:
            IssuingError: The modules would be too small to be read from paper.

        """
        if module_mm < MIN_MODULE_MM:
            raise IssuingError(
                f"expected modules of at least {MIN_MODULE_MM} mm, got {module_mm} mm",
                hint="draw the code larger",
            )
        side = self.modules
        size = f"{side * module_mm:.2f}mm"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="qr-code" role="img" width="{size}" height="{size}"'
            f' viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><title>{escape(title)}</title>'
            f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{self.to_path()}"/></svg>'
        )

    def to_path(self) -> str:
        """Draw the black modules as one SVG path, for separate shapes would show hairlines where they touch."""
        return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in self._runs())

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        for y, row in enumerate(self.rows):
            x = 0
            for black, modules in groupby(row):
                length = len(tuple(modules))
                if black:
                    yield x, y, length
                x += length


def draw_qr_code(text: str, *, max_version: int = MAX_VERSION) -> QRCode:
    """
    Draw *text* as a QR code with error correction M (docs/format.md §4).

    Args:
        text: The verifier's address, ``#`` and digits.

        max_version: Largest version allowed, 1 to 40.

    Returns:
        The code, in the smallest version that holds the text.

    Raises:
        IssuingError: The text needs a larger version.

    """
    builder = ModuleBuilder(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE_MODULES, mask_pattern=_MASK)
    builder.add_data(text, optimize=_NUMERIC_RUN)
    try:
        version = builder.best_fit()
    except ValueError:
        raise _too_long(text, max_version) from None
    if version > max_version:
        raise _too_long(text, max_version)
    builder.make(fit=False)
    return QRCode(version, tuple(tuple(map(bool, row)) for row in builder.get_matrix()))


def _too_long(text: str, max_version: int) -> IssuingError:
    return IssuingError(
        f"expected a certificate that fits a QR code of version {max_version}, got {len(text)} characters",
        hint="shorten the names and places of this certificate, or leave out the optional ones",
    )
