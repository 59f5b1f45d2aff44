"""QR codes in pictures, by zxing-cpp."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image, UnidentifiedImageError

from asnad.errors import FileError

MAX_PIXELS = 80_000_000
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")


def is_image(data: bytes) -> bool:
    """
    Tell whether bytes begin as a picture does.

    Args:
        data: A file.

    """
    return data.startswith(_SIGNATURES)


def read_codes(data: bytes) -> tuple[str, ...]:
    """
    Read the text of every QR code in a picture.

    Args:
        data: A PNG, JPEG or the like.

    Raises:
        FileError: It is no picture, or has too many pixels.

    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileError(f"expected at most {MAX_PIXELS} pixels, got {image.width} × {image.height}")
            pixels = image.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise FileError("expected a picture, got something that cannot be opened as one") from None
    found = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return tuple(code.text for code in found)
