"""The credential inside a picture, put in and taken out byte by byte (docs/format.md §4.1; Open Badges 3.0 §5.3)."""

from __future__ import annotations

import zlib

from asnad.credentials.baked_svg import credentials_in_svg, insert_into_svg, is_markup
from asnad.errors import FileError

MAX_PNG = 30_000_000
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential\0"
_NOT_COMPRESSED = b"\0\0"
_NO_LANGUAGE = b"\0\0"
_CHUNK_HEAD = 8
_CHECKSUM = 4
_HEADER_END = len(PNG_SIGNATURE) + _CHUNK_HEAD + 13 + _CHECKSUM


def bake_png(picture: bytes, credential: bytes) -> bytes:
    """
    Put a credential into a PNG picture.

    Args:
        picture: Without a credential.

        credential: The file as issued.

    Raises:
        FileError: It is no such picture.

    """
    if not picture.startswith(PNG_SIGNATURE) or unbake(picture) is not None:
        raise FileError("expected a PNG picture without a credential, got something else", place="picture")
    data = b"iTXt" + _KEYWORD + _NOT_COMPRESSED + _NO_LANGUAGE + credential
    chunk = (len(data) - 4).to_bytes(4) + data + zlib.crc32(data).to_bytes(4)
    # Before the pixels, where programs look for it that do not read to the end.
    return picture[:_HEADER_END] + chunk + picture[_HEADER_END:]


def bake_svg(picture: str, credential: bytes) -> bytes:
    """
    Put a credential into an SVG picture.

    Args:
        picture: Beginning with its ``<svg>`` element, without a credential.

        credential: The file as issued.

    Raises:
        FileError: It is no such picture.

    """
    if not picture.startswith("<svg ") or unbake(picture.encode("utf-8")) is not None:
        raise FileError("expected an SVG picture without a credential, got something else", place="picture")
    return insert_into_svg(picture, credential.decode("utf-8")).encode("utf-8")


def unbake(data: bytes) -> bytes | None:
    """
    Take the credential out of a picture; nothing of it is believed by that.

    Args:
        data: Any file; a picture of another kind than PNG or SVG has none.

    Returns:
        The credential as it lies in the picture, however long; nothing where there is none.

    Raises:
        FileError: The picture is damaged, or holds more than one.

    """
    if data.startswith(PNG_SIGNATURE):
        found = _credentials_in_png(data)
    else:
        found = credentials_in_svg(data) if is_markup(data) else []
    if found is None:
        raise FileError(
            "expected a picture that can be read, got one that is damaged, altered or too large",
            place="picture",
            hint="ask for the file again, as it was issued",
        )
    if len(found) > 1:
        raise FileError(
            "expected one certificate inside the picture, found several",
            place="picture",
            hint="ask for the certificate as a file of its own",
        )
    return found[0] if found else None


def _credentials_in_png(data: bytes) -> list[bytes] | None:
    """Give two of many, and None where the picture is damaged."""
    found: list[bytes] = []
    at = len(PNG_SIGNATURE)
    while len(data) <= MAX_PNG:
        start = at + _CHUNK_HEAD
        end = start + int.from_bytes(data[at : at + 4])
        if start + _CHECKSUM > len(data) or end + _CHECKSUM > len(data):
            return None
        kind = data[at + 4 : start]
        if kind == b"IEND":
            return found
        if kind == b"iTXt" and data.startswith(_KEYWORD, start, end):
            checksum = int.from_bytes(data[end : end + _CHECKSUM])
            text = _text_of(data[start:end]) if zlib.crc32(data[at + 4 : end]) == checksum else None
            if text is None:
                return None
            found = [*found, text][:2]
        at = end + _CHECKSUM
    return None


def _text_of(data: bytes) -> bytes | None:
    """Give what stands behind keyword, compression, language and translated keyword; None where it is compressed."""
    language_end = data.find(b"\0", len(_KEYWORD) + len(_NOT_COMPRESSED))
    keyword_end = -1 if language_end < 0 else data.find(b"\0", language_end + 1)
    return None if keyword_end < 0 or data[len(_KEYWORD)] != 0 else data[keyword_end + 1 :]
