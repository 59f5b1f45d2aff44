"""One certificate is no certificates."""

from __future__ import annotations

from asnad.counted import counted


def test_one_is_singular_and_all_else_plural() -> None:
    assert [counted(number, "certificate") for number in (0, 1, 2, 21)] == [
        "0 certificates",
        "1 certificate",
        "2 certificates",
        "21 certificates",
    ]
    assert [counted(number, "copy was", "copies were") for number in (1, 2)] == ["1 copy was", "2 copies were"]
