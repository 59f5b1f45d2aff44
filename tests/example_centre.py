"""The example centre, founded and with issued runs, in a folder of its own."""

from __future__ import annotations

import random
import re
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from nacl.pwhash import argon2id

from asnad import assets
from asnad.catalogue.catalogue import Catalogue
from asnad.centre_folder import CentreFolder
from asnad.credentials.contexts import load_contexts
from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.registers import keep_register, review_register
from asnad.desk.workplace import Workplace
from asnad.messages import Messages, read_messages
from asnad.proofs.rdf_dataset import Contexts
from asnad.signing.key_file import KeyCost
from asnad.signing.key_store import KeyStore, key_store

ROOT = Path(__file__).parent.parent
PASSPHRASE = b"published passphrase"
NOW = int(datetime(2026, 11, 20, 9, 0, tzinfo=UTC).timestamp())
"""After the award day of each of the runs, and within 35 days of it every list is fresh."""
REGISTERS = {
    "home-baking-women-b12": "home-baking-women-b12.csv",
    "officers-finance-admin-egov-b34": "officers-finance-admin-egov-b34.xlsx",
    "food-safety-small-business-mc-b03": "food-safety-small-business-mc-b03.csv",
}
CHEAP = KeyCost(operations=argon2id.OPSLIMIT_MIN, memory=argon2id.MEMLIMIT_MIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleCentre:
    """A centre on disk with everything that a desk needs around it."""

    folder: CentreFolder
    keys: Path
    """Folder above the folders of private keys."""
    store: KeyStore
    catalogue: Catalogue
    contexts: Contexts
    messages: Mapping[str, Messages]
    passphrase: bytes = PASSPHRASE

    def workplace(self, at: int = NOW, seed: int = 1) -> Workplace:
        """Open a desk at a moment; ids and places are drawn from the seed."""
        drawn = random.Random(f"{at} {seed}")
        return Workplace(
            folder=self.folder,
            catalogue=self.catalogue,
            store=self.store,
            clock=lambda: at,
            passphrase=lambda: self.passphrase,
            contexts=self.contexts,
            messages=self.messages,
            new_uuid=lambda: str(uuid.UUID(int=drawn.getrandbits(128), version=4)),
            random_below=drawn.randrange,
        )

    def copy(self, to: Path) -> ExampleCentre:
        """Copy centre and keys into an empty or missing folder, for a test that changes something."""
        root = to / "centre"
        shutil.copytree(self.folder.root, root)
        shutil.copytree(self.keys, to / "keys")
        store = key_store(to / "keys", self.store.did, [root])
        return replace(self, folder=CentreFolder(root), keys=to / "keys", store=store)

    def credentials(self) -> dict[str, bytes]:
        """Give every issued file by its name without suffix."""
        folder = self.folder.credentials / "private" / "credentials"
        return {path.stem: path.read_bytes() for path in sorted(folder.glob("*.json"))}

    def digits(self) -> dict[str, tuple[str, str]]:
        """Give the digits of code and link of every credential."""
        folder = self.folder.credentials / "private" / "credentials"
        lines = {path.stem: path.read_text(encoding="ascii").split() for path in sorted(folder.glob("*.digits"))}
        return {name: (code, link) for name, (code, link) in lines.items()}


def found_example_centre(to: Path, at: int = NOW, **lines: str) -> ExampleCentre:
    """
    Copy the example catalogue into a folder and hold the key ceremony, at the lowest cost of the passphrase.

    ``lines`` are what centre.yml says otherwise, such as ``demonstration="false"``.
    """
    root = to / "centre"
    shutil.copytree(ROOT / "catalogue", root / "catalogue")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    write_centre_lines(root, lines)
    folder = CentreFolder(root)
    catalogue = folder.catalogue()
    centre = ExampleCentre(
        folder=folder,
        keys=to / "keys",
        store=key_store(to / "keys", catalogue.centre.did, [root]),
        catalogue=catalogue,
        contexts=load_contexts(),
        messages=read_messages(assets.message_files(), "credential", catalogue.centre.languages),
    )
    found_issuer(folder, catalogue.centre, centre.store, PASSPHRASE, at, centre.contexts, CHEAP)
    return centre


def write_centre_lines(root: Path, lines: Mapping[str, str]) -> None:
    """Write lines of centre.yml anew."""
    path = root / "catalogue" / "centre.yml"
    text = path.read_text(encoding="utf-8")
    for name, value in lines.items():
        text, found = re.subn(rf"(?m)^{name}:.*$", f"{name}: {value}", text)
        assert found == 1, name
    path.write_text(text, encoding="utf-8")


def import_register(centre: ExampleCentre, run: str, file_name: str, content: bytes, at: int = NOW) -> None:
    """Review a register and keep it."""
    desk = centre.workplace(at)
    keep_register(desk, review_register(desk, run, file_name, content))


def issue_example_runs(centre: ExampleCentre, at: int = NOW) -> None:
    """Import the example registers and issue their runs."""
    for seed, (run, file_name) in enumerate(REGISTERS.items()):
        content = (ROOT / "credentials" / "example-registers" / file_name).read_bytes()
        import_register(centre, run, file_name, content, at)
        issue_run(centre.workplace(at, seed), run, lambda _done, _of: None)
