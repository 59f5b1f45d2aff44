"""What can be damaged or missing in a centre; most of these make a function that does it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

from command_line import REGISTER, RUN, at_desk

from example_centre import ExampleCentre

Damage = Callable[[ExampleCentre], object]
LEDGER = "credentials/private/ledger.jsonl"
REVOKE = ("revoke", "CSC-FT-HB-W/12/001", "--reason", "misconduct", "--yes")


def write(path: str, content: str | bytes) -> Damage:
    """Put a file into the centre."""
    data = content.encode() if isinstance(content, str) else content

    def damage(centre: ExampleCentre) -> None:
        (centre.folder.root / path).parent.mkdir(parents=True, exist_ok=True)
        (centre.folder.root / path).write_bytes(data)

    return damage


def alter(path: str, old: bytes, new: bytes) -> Damage:
    """Change some bytes of a file of the centre."""

    def damage(centre: ExampleCentre) -> None:
        file = centre.folder.root / path
        before = file.read_bytes()
        assert old in before, path
        file.write_bytes(before.replace(old, new, 1))

    return damage


def remove(path: str) -> Damage:
    """Take a file or folder out of the centre."""

    def damage(centre: ExampleCentre) -> None:
        place = centre.folder.root / path
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()

    return damage


def cut(path: str) -> Damage:
    """Cut off the second half of a file of the centre."""

    def damage(centre: ExampleCentre) -> None:
        file = centre.folder.root / path
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    return damage


def nothing(_centre: ExampleCentre) -> None:
    """Leave the centre as it is."""


def revoked(centre: ExampleCentre) -> None:
    """Withdraw the first certificate."""
    assert at_desk(centre, *REVOKE).code == 0


def more_learners(centre: ExampleCentre) -> None:
    """Import one learner more, so that issuing has something to do."""
    register = centre.folder.root / "more.csv"
    register.write_text(REGISTER + "Sidra Munir Dogar,Khushi Muhammad,00000-0000007-1,,95,no,\n", encoding="utf-8")
    assert at_desk(centre, "import", str(register), "--run", RUN, "--yes", typed="").code == 0


def both(*damages: Damage) -> Damage:
    """Do one after the other."""

    def damage(centre: ExampleCentre) -> None:
        for one in damages:
            one(centre)

    return damage


def key_file(name: str, content: bytes | None) -> Damage:
    """Overwrite a private key file, or take it away."""

    def damage(centre: ExampleCentre) -> None:
        (path,) = centre.keys.glob(f"*/{name}-[0-9]*.key.json")
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)

    return damage


def ledger_line(**changed: object) -> Damage:
    """Change members of the first line of the private ledger."""

    def damage(centre: ExampleCentre) -> None:
        path = centre.folder.credentials / "private" / "ledger.jsonl"
        first, *rest = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([json.dumps(json.loads(first) | changed), *rest]) + "\n", encoding="utf-8")

    return damage


def link(path: str, target: str) -> Damage:
    """Replace a file of the centre by a link to another place."""

    def damage(centre: ExampleCentre) -> None:
        place = centre.folder.root / path
        if place.exists():
            place.unlink()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)

    return damage


def forgotten_withdrawal(centre: ExampleCentre) -> None:
    """Withdraw a certificate, then put back the private ledger of before."""
    before = (centre.folder.root / LEDGER).read_bytes()
    revoked(centre)
    (centre.folder.root / LEDGER).write_bytes(before)


def cut_to_first_line(centre: ExampleCentre) -> None:
    """Keep only the first line of the private ledger."""
    path = centre.folder.root / LEDGER
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


def altered_page(centre: ExampleCentre) -> None:
    """Overwrite the credential of a learner who agreed to a page."""
    next((centre.folder.credentials / "published").glob("*.json")).write_bytes(b"{}")


def withdrawal_undone(centre: ExampleCentre) -> None:
    """Withdraw a certificate, then put back the status list of before."""
    path = centre.folder.credentials / "public" / "status" / "1.json"
    before = path.read_bytes()
    revoked(centre)
    path.write_bytes(before)
