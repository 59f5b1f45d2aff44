"""The whole gate over a repository and a site: every rule is asked, and what is well is let through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from asnad.catalogue.catalogue import Catalogue
from asnad.desk.known_learners import looks_like_register
from asnad.files import read_tree
from asnad.gate.demonstration import demonstration_as_declared, published_test_keys
from asnad.gate.inspection import EarlierState, Submission, inspect
from asnad.gate.learners import KnownLearner
from asnad.gate.published_state import PublishedState, read_state
from asnad.issuers.keys_file import KeysFile
from asnad.proofs.multikey import decode_public_key
from example_centre import ROOT, ExampleCentre, found_example_centre

KEY = b"-----BEGIN %s KEY-----\n" % b"PRIVATE"
PUBLIC = "credentials/public/"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return found_example_centre(tmp_path_factory.mktemp("founded"))


@dataclass(frozen=True, slots=True)
class _Gate:
    """A gate before one catalogue; what it finds as a person reads it."""

    catalogue: Catalogue
    learners: tuple[KnownLearner, ...] = ()

    def __call__(
        self,
        tracked: Mapping[str, bytes] | None = None,
        site: Mapping[str, bytes] | None = None,
        before: Mapping[str, bytes] | None = None,
        *,
        asked_for: bool = True,
    ) -> list[str]:
        submission = Submission(
            catalogue=self.catalogue,
            tracked=tracked,
            site=site,
            before=()
            if before is None
            else (EarlierState("before/", before, of_repository=True, asked_for=asked_for),),
            learners=self.learners,
            looks_like_register=looks_like_register,
        )
        return [f"{found.place}: {found.sentence}" for found in inspect(submission)]


@pytest.fixture(scope="module")
def gate(founded: ExampleCentre) -> _Gate:
    return _Gate(founded.catalogue)


def public(centre: ExampleCentre) -> dict[str, bytes]:
    return read_tree(centre.folder.root, PUBLIC, 1 << 24)


def test_the_example_centre_passes(gate: _Gate) -> None:
    files = {
        f"{folder}/{path}": data
        for folder in ("catalogue", "credentials/example-registers", "keys")
        for path, data in read_tree(ROOT, folder, 1 << 24).items()
    }
    assert gate(tracked=files) == []


def test_a_founded_centre_passes_as_repository_and_as_site(gate: _Gate, founded: ExampleCentre) -> None:
    files = public(founded)
    tracked = {f"{PUBLIC}{path}": data for path, data in files.items()}
    assert gate(tracked=tracked, site=files, before=files) == []


@pytest.mark.parametrize("path", ["keys/own.json", "x.bin", "img/photo.png", "theme/a.js", "fonts/a.woff2", "a.map"])
def test_a_private_key_is_found_in_every_kind_of_file(gate: _Gate, path: str) -> None:
    data = b"one\n" + KEY
    assert gate(tracked={path: data}) == [f"{path}:2: expected nothing secret, found a private key in PEM"]
    assert gate(site={path: data}) == [f"site/{path}:2: expected nothing secret, found a private key in PEM"]
    assert gate(site={path: b"\0" + data}) == [f"site/{path}: expected nothing secret, found a private key in PEM"]


def test_published_seeds_are_excepted_in_the_repository_of_the_program_alone(gate: _Gate) -> None:
    seeds = {"tests/vectors/key.pem": KEY}
    program = {
        "pyproject.toml": b'[project]\nname = "asnad"\n',
        "build_tools/asnad/errors.py": b"",
        "docs/x.md": b"35201-1234567-1",
    }
    assert gate(tracked=seeds | program) == []
    assert len(gate(tracked=seeds)) == 1
    assert len(gate(site=seeds | program)) == 2
    assert len(gate(tracked=program | {"catalogue/pages/x.md": b"35201-1234567-1", "tests/x.pem": KEY})) == 2


def test_people_are_found_in_repository_and_site(founded: ExampleCentre) -> None:
    learner = KnownLearner(
        run="run-b01",
        names=("Sidra Munir Dogar",),
        identity_number=None,
        phone="+92-300-0000007",
        email=None,
        agreed=False,
    )
    gate = _Gate(founded.catalogue, (learner,))
    text = b"Sidra Munir Dogar\n0300-0000007\n35201-1234567-1\ndesk@chenab-skills.example\n"
    for where, found in (
        (gate(tracked={"README.md": text}), "README.md"),
        (gate(site={"a.html": text}), "site/a.html"),
    ):
        assert [line.split(": ")[0] for line in where] == [f"{found}:1", f"{found}:2", f"{found}:3"]
    # A phone of a learner is told as that, and not as a stray number besides.
    assert "of a learner in the register of run-b01" in gate(site={"a.html": text})[1]
    assert gate(site={"a.js": text}) == []
    assert gate(site={"img/Sidra_Munir_Dogar.jpg": b"\xff\xd8"}) == [
        (
            "site/img/Sidra_Munir_Dogar.jpg: expected no name of a learner who agreed to no page, "
            "found one of the register of run-b01"
        )
    ]


def test_a_private_repository_may_hold_award_lists_with_names(founded: ExampleCentre) -> None:
    learner = KnownLearner(
        run="run-b01", names=("Sidra Munir Dogar",), identity_number=None, phone=None, email=None, agreed=False
    )
    centre = replace(founded.catalogue.centre, demonstration=False, repository_private=True)
    gate = _Gate(replace(founded.catalogue, centre=centre), (learner,))
    name = b"Sidra Munir Dogar"
    assert gate(tracked={"credentials/awards/run-b01.md": name}) == []
    assert len(gate(tracked={"catalogue/pages/news.md": name})) == 1


def test_a_register_in_git_is_found_wherever_it_is_called(gate: _Gate) -> None:
    register = b"Sr No,Student Name,Father Name,CNIC,Attendance %\n1,A B,C D,00000-0000001-1,90\n"
    expected = "expected no register outside credentials/private, found a register of learners"
    assert gate(tracked={"catalogue/list.csv": register}) == [f"catalogue/list.csv: {expected}"]
    assert gate(tracked={"credentials/example-registers/list.csv": register}) == []
    assert gate(tracked={"prices.csv": b"course,fee\nbaking,2000\n"}) == []
    assert gate(tracked={"list.xlsx": b"PK\x03\x04 damaged"}) == [
        "list.xlsx: expected no register outside credentials/private, found a spreadsheet that cannot be read"
    ]


def test_a_page_that_claims_a_verdict_is_found_in_the_site_and_among_the_pages(gate: _Gate) -> None:
    page = b"<p>This certificate is valid</p>"
    claim = "expected no page that says what only a check can say, found “This certificate is valid”"
    certificate = "c/ab/ab000000-0000-4000-8000-000000000000.html"
    assert gate(site={certificate: page, "v/index.html": page}) == [f"site/{certificate}:1: {claim}"]
    assert gate(tracked={"catalogue/pages/about.md": page}) == [f"catalogue/pages/about.md:1: {claim}"]


def test_a_demonstration_that_is_gone_owes_nobody_anything(gate: _Gate, founded: ExampleCentre) -> None:
    assert gate(tracked={"README.md": b""}, before=public(founded)) == []


def test_an_earlier_state_that_does_not_hold_together_is_told_to_those_who_named_it(
    gate: _Gate, founded: ExampleCentre
) -> None:
    files = public(founded)
    damaged = files | {"asnad/manifest.json": b"{}"}
    assert gate(site=files, before=damaged, asked_for=False) == []
    (found,) = gate(site=files, before=damaged)
    assert found.startswith("before/asnad/keys.json: expected files that one issuer has signed, found something else")


def with_keys(state: PublishedState, keys: KeysFile) -> PublishedState:
    return replace(state, record=replace(state.record, keys=keys))


def test_a_site_that_shows_drafts_is_refused_but_for_looking_at_it(gate: _Gate) -> None:
    files = {".asnad-drafts": b""}
    assert gate(site=files) == [
        "site/.asnad-drafts: expected a site without drafts, found one that was built with --drafts"
    ]
    assert not inspect(
        Submission(catalogue=gate.catalogue, site=files, preview=True, looks_like_register=looks_like_register)
    )


def test_demonstration_and_real_centre_are_not_mixed_up(founded: ExampleCentre) -> None:
    state = read_state(PUBLIC, public(founded), of_repository=True)
    assert isinstance(state, PublishedState)
    centre = founded.catalogue.centre
    assert list(demonstration_as_declared(state, centre)) == []
    (found,) = demonstration_as_declared(state, replace(centre, demonstration=False))
    assert f"{found.place}: {found.sentence}" == (
        "credentials/public/asnad/keys.json: expected keys of a real centre, as catalogue/centre.yml says, "
        "found keys of a demonstration"
    )
    real = with_keys(state, replace(state.record.keys, demonstration=False))
    (found,) = demonstration_as_declared(real, centre)
    assert found.sentence == (
        "expected keys of a demonstration, as catalogue/centre.yml says, found keys of a real centre"
    )
    assert found.repair == "write demonstration: false into catalogue/centre.yml"


def test_keys_of_published_vectors_are_refused(founded: ExampleCentre) -> None:
    state = read_state(PUBLIC, public(founded), of_repository=True)
    assert isinstance(state, PublishedState)
    assert list(published_test_keys(state)) == []
    keys = state.record.keys
    published = decode_public_key("z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd")
    taken = with_keys(state, replace(keys, keys=(replace(keys.keys[0], public_key=published), *keys.keys[1:])))
    (found,) = published_test_keys(taken)
    assert (
        found.sentence == f"expected a key of your own as {keys.keys[0].id}, found one whose private half is published"
    )
