"""Places in status lists: drawn at random, never used twice (Bitstring Status List v1.0 §2.1, §6.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from asnad.errors import IssuingError
from asnad.status.bitstring import MIN_BITS, empty_bits, is_set, with_bit

MAX_FILL = 0.5
"""A list is no longer drawn from when this share of it is taken, so that a draw hardly ever repeats."""
TAKEN_BYTES = MIN_BITS // 8


@dataclass(frozen=True, slots=True)
class TakenIndexes:
    """Which places of each list are taken; nothing tells by whom."""

    lists: dict[int, bytes]

    def draw(self, random_below: Callable[[int], int]) -> tuple[int, int, TakenIndexes]:
        """
        Draw a free place.

        Args:
            random_below: Gives a random whole number below its argument.

        Returns:
            Number of the list, index in it, and what is taken then.

        """
        number = next((n for n, bits in sorted(self.lists.items()) if _taken(bits) < MIN_BITS * MAX_FILL), None)
        if number is None:
            number = max(self.lists, default=0) + 1
        bits = self.lists.get(number, empty_bits())
        while is_set(bits, index := random_below(MIN_BITS)):
            pass
        return number, index, TakenIndexes(self.lists | {number: with_bit(bits, index)})

    def files(self) -> dict[str, bytes]:
        """Give the bitmaps by path below ``credentials/``."""
        return {taken_path(number): bits for number, bits in self.lists.items()}


def taken_path(number: int) -> str:
    """
    Give the path of a list's bitmap below ``credentials/``.

    Args:
        number: Of the list.

    """
    return f"public/taken/{number}.bin"


def read_taken(files: dict[int, bytes]) -> TakenIndexes:
    """
    Read the bitmaps.

    Args:
        files: Bytes by number of the list.

    Raises:
        IssuingError: One has another size.

    """
    for number, bits in files.items():
        if len(bits) != TAKEN_BYTES:
            raise IssuingError(
                f"expected {TAKEN_BYTES} bytes, got {len(bits)}",
                place=f"credentials/{taken_path(number)}",
                hint="restore it from Git",
            )
    return TakenIndexes(files)


def _taken(bits: bytes) -> int:
    return int.from_bytes(bits, "big").bit_count()
