"""Pictures of certificates: codes, what a camera sees, simulated photographs, and files that mean harm."""

from __future__ import annotations

import io
import math
import random
import struct
import zlib
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

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


PHOTOGRAPH = (1600, 1200)
"""What a phone gives when it is told to take small photographs, or a messenger makes of larger ones."""


def photograph(page: Image.Image, seed: int = 1) -> bytes:
    """
    Simulate a photograph of a whole sheet, lying on a table, as a JPEG of quality 70.

    Args:
        page: The sheet from the front, at least 3200 pixels wide.

        seed: What is drawn by lot: where the corners lie, light, blur and noise.

    """
    lot = random.Random(seed)
    width, height = PHOTOGRAPH
    # Drawn twice as large and then made small, as a lens takes the mean of what falls on a point.
    table = Image.new("RGB", (2 * width, 2 * height), tuple(lot.randint(60, 150) for _ in range(3)))
    corners = _corners(page.width / page.height, lot)
    onto = _perspective([(2 * x, 2 * y) for x, y in corners], page.size)
    sheet = page.convert("RGB").transform(table.size, Image.Transform.PERSPECTIVE, onto, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(table.size, Image.Transform.PERSPECTIVE, onto)
    table.paste(sheet, mask=mask)
    seen = table.resize(PHOTOGRAPH, Image.Resampling.BOX)
    seen = seen.filter(ImageFilter.GaussianBlur(lot.uniform(0.5, 1.1)))
    seen = ImageChops.multiply(seen, _light(lot))
    return _jpeg(_noisy(seen, lot.uniform(4, 9), lot))


def _corners(aspect: float, lot: random.Random) -> list[tuple[float, float]]:
    """Lay the sheet: upper left, upper right, lower right, lower left; it takes 88 to 95 % of the width."""
    width, height = PHOTOGRAPH
    half = lot.uniform(0.88, 0.95) * width / 2
    turn = math.radians(lot.uniform(-3, 3))
    tilt = 0.03 * half
    corners = []
    for right, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x, y = right * half + lot.uniform(-tilt, tilt), down * half / aspect + lot.uniform(-tilt, tilt)
        across = width / 2 + x * math.cos(turn) - y * math.sin(turn)
        along = height / 2 + x * math.sin(turn) + y * math.cos(turn)
        corners.append((across, along))
    return corners


def _perspective(corners: Sequence[tuple[float, float]], size: tuple[int, int]) -> tuple[float, ...]:
    """Give the eight numbers by which Pillow finds for each point of the photograph its point on the page."""
    width, height = size
    rows = []
    for (x, y), (u, v) in zip(corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    # Gauss and Jordan: eight equations for eight numbers.
    for at in range(8):
        pivot = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(8):
            if other != at:
                factor = rows[other][at]
                rows[other] = [value - factor * own for value, own in zip(rows[other], rows[at], strict=True)]
    return tuple(row[8] for row in rows)


def _light(lot: random.Random) -> Image.Image:
    """Let the light fall off from one side to the other, down to less than half."""
    darkest = lot.uniform(0.45, 0.8)
    slope = Image.linear_gradient("L").resize((2400, 2400)).rotate(lot.uniform(0, 360))
    middle = slope.crop((400, 600, 2000, 1800))
    return Image.merge("RGB", [middle.point(lambda light: round(255 * darkest + light * (1 - darkest)))] * 3)


def _noisy(picture: Image.Image, deviation: float, lot: random.Random) -> Image.Image:
    """Add noise of a standard deviation in steps of 255."""
    pixels = picture.width * picture.height
    noisy = []
    for band in picture.split():
        first, second = (Image.frombytes("L", picture.size, lot.randbytes(pixels)) for _ in range(2))
        # The mean of two bytes by lot deviates by 52.
        factor = deviation / 52
        noise = Image.blend(first, second, 0.5).point(lambda value, by=factor: round(128 + (value - 127.5) * by))
        noisy.append(ImageChops.add(band, noise, offset=-128))
    return Image.merge("RGB", noisy)


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=70)
    return file.getvalue()
