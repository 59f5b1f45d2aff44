"""A centre whose laptop is lost: what is backed up, what Git has, and what a new machine gets."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from small_centre import REGISTER, RUN

from asnad.centre_folder import CentreFolder
from asnad.desk.backup import BackupReport, back_up
from asnad.desk.backup_record import BACKUPS, Backup, Drill, read_backups
from asnad.desk.issue_run import issue_run
from asnad.desk.restoring import Restored, restore_centre, restore_private
from asnad.signing.key_store import key_store
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre, found_example_centre, import_register

FIRST_THREE = ("Humera Saleem Naul", "Rashida Bano", "Sidra Munir Dogar")
REGISTER_OF_THREE = "\n".join(line for line in REGISTER.splitlines() if line.startswith(("Name", *FIRST_THREE)))
HOUR = 3600
DRIVES = {"stick1": 1, "stick2": 2}


def silent(_done: int, _of: int) -> None:
    pass


def drive_of(folder: Path) -> int:
    """Take two folders of these names for two drives, and everything else for the laptop's own."""
    return DRIVES.get(folder.name, 0)


def issue_three(centre: ExampleCentre, at: int = NOW) -> None:
    import_register(centre, RUN, "b12.csv", REGISTER_OF_THREE.encode(), at)
    issue_run(centre.workplace(at), RUN, silent)


def three_issued_centre(to: Path) -> ExampleCentre:
    """Found the example centre, and issue to three of a run."""
    centre = found_example_centre(to)
    issue_three(centre)
    return centre


def issue_all(centre: ExampleCentre, at: int) -> None:
    """Import the whole register and issue to whoever has no certificate yet."""
    import_register(centre, RUN, "b12.csv", REGISTER.encode(), at)
    issue_run(centre.workplace(at), RUN, silent)


def backed_up(centre: ExampleCentre, to: Path, at: int = NOW + HOUR, *names: str) -> BackupReport:
    """Back up onto sticks, two unless others are named."""
    places = tuple(to / name for name in names or ("stick1", "stick2"))
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
    return back_up(centre.workplace(at), places, drive_of, silent, CHEAP)


def copy_file(report: BackupReport, number: int = 0) -> Path:
    return Path(report.record.copies[number].file)


def record(centre: ExampleCentre) -> tuple[Backup | Drill, ...]:
    """Give every backup and drill that the centre knows of."""
    return read_backups(centre.folder.optional(BACKUPS))


def clone_of(centre: ExampleCentre, to: Path) -> CentreFolder:
    """Copy what Git has of a centre: everything but the private part."""
    root = to / "clone"
    shutil.copytree(centre.folder.root, root, ignore=shutil.ignore_patterns("private"))
    return CentreFolder(root)


def on_new_machine(centre: ExampleCentre, restored: Restored) -> ExampleCentre:
    """Sit down at the restored centre."""
    keys = restored.keys.parent
    store = key_store(keys, centre.store.did, [restored.folder.root])
    return replace(centre, folder=restored.folder, keys=keys, store=store, catalogue=restored.folder.catalogue())


def restored_alone(centre: ExampleCentre, backup: Path, to: Path) -> ExampleCentre:
    """Restore everything on a machine that has neither repository nor keys."""
    return on_new_machine(centre, restore_centre(backup, PASSPHRASE, to / "centre", to / "keys", silent))


def restored_into(
    backup: Path, clone: CentreFolder, keys: Path, at: int = NOW + 2 * HOUR, *, accept_loss: bool = False
) -> Restored:
    """Restore what is private into a clone."""
    return restore_private(backup, PASSPHRASE, clone, keys, at, silent, accept_loss=accept_loss)


def tree(root: Path) -> dict[str, bytes]:
    """Give every file below a folder, but the lock."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and path.name != "lock"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
