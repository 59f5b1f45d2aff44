"""QR codes in pictures, by zxing-cpp."""

from __future__ import annotations

import io
import re

import zxingcpp
from PIL import Image, UnidentifiedImageError

from asnad.errors import FileError

MAX_PIXELS = 80_000_000
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|BM....\0\0\0\0|II\*\0|MM\0\*"
    rb"|....ftyp(?:heic|heix|hevc|mif1|msf1|avif)",
    re.DOTALL,
)


def is_image(data: bytes) -> bool:
    """
    Tell whether bytes begin as a picture does.

    Args:
        data: A file.

    """
    return _PICTURE.match(data) is not None


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
