"""Pictures for tests of the ways in: codes, what a camera sees, and files that mean harm."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

from PIL import Image, ImageDraw

from asnad.carriers.qr_code import draw_qr_code

CAMERA = (1280, 720)


def code_picture(text: str, module: int = 6) -> Image.Image:
    """Draw the code of a text."""
    rows = draw_qr_code(text).rows
    picture = Image.new("L", (len(rows), len(rows)), 255)
    picture.putdata([0 if black else 255 for row in rows for black in row])
    return picture.resize((len(rows) * module, len(rows) * module), Image.Resampling.NEAREST)


def paper(*texts: str, size: tuple[int, int] = (1600, 1130)) -> Image.Image:
    """Draw codes beside each other on paper."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((20, 20, size[0] - 20, size[1] - 20), outline="black", width=4)
    for at, text in enumerate(texts):
        code = code_picture(text)
        picture.paste(code, (80 + at * (code.width + 60), 120))
    return picture


def encoded(picture: Image.Image, kind: str = "PNG") -> bytes:
    """Give the file of a picture."""
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def film(*texts: str) -> bytes:
    """Make the Y4M film that Chromium takes for a camera: a sheet with codes, from the front."""
    width, height = CAMERA
    picture = Image.new("L", CAMERA, 235)
    codes = [code_picture(text, 4) for text in texts]
    left = (width - sum(code.width for code in codes)) // 2
    for code in codes:
        picture.paste(code.point(lambda light: 16 + light * 219 // 255), (left, (height - code.height) // 2))
        left += code.width
    # Brightness, then two planes of colours that are none.
    frame = b"FRAME\n" + picture.tobytes() + b"\x80" * (width * height // 2)
    return f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420mpeg2\n".encode() + frame * 2


def huge_png() -> bytes:
    """Give a PNG of 100 million pixels in few bytes."""
    side = 10_000
    rows = zlib.compress(bytes(side // 8 + 1) * side, 9)
    parts: Sequence[tuple[bytes, bytes]] = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)),
        (b"IDAT", rows),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
