"""Public keys whose private halves stand in published test vectors: anybody can sign with them, so nobody may."""

from __future__ import annotations

from asnad.errors import SigningError
from asnad.proofs.multikey import encode_public_key

REFUSED_KEYS = frozenset(
    {
        "z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd",
        "z6MkhFwXNFWosLeugvSf4wcL9t3uuRXueGSFTRgSvHhWj5G2",
        "z6Mkgxj2R3HLtQRpPnvfvpuKEceSqf3tZHBjdmZ3fFz3JHGG",
        "z6Mkg26jczDiqsPK4momfvhZTTyFefWEyxYiSisFJ2wWJFkg",
        "z6MktFovzcapNZyZBWzFJpCXf26B8XLKdXtwfwnXXFebPgzM",
        "z6Mkjppjwd12cSzdhduNMf3reWgxgkUn7WFM3pnA5f3gFcLj",
        "z6MkuPRZNRtUkrhBZ1L119iGW2rmWNhPiqovUGDfhSzBDC1D",
        "z6MkfnkCxYYNWXZLVeN7hXkS8xFfJBBB9qLrKaPr7njBguaT",
        "z6Mkn4x1HvZkkoREXWaXdWF8FjRTPd9PFqDab3QpbRG7M3Nu",
        "z6MkfqKxU4L7rDoXHxcsLJMfMWfUNv7GuruujZ61wnHMoXdi",
        "z6MkmgK8dZmTh9JQnKwpx8bQCyxQU88BGJd2yqupKNj9a8zM",
        "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
    }
)
"""``publicKeyMultibase`` of every seed in tests/vectors/seeds.json."""


def refuse_published_key(public_key: bytes) -> None:
    """
    Raise where a key is one of those that everybody has.

    Args:
        public_key: 32 bytes.

    Raises:
        SigningError: The private half is published.

    """
    multikey = encode_public_key(public_key)
    if multikey in REFUSED_KEYS:
        raise SigningError(
            "expected a key of your own, got one from published test vectors",
            place=multikey,
            hint="make keys with: asnad keys new",
        )
