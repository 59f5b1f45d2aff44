"""`asnad trust`: an issuer comes onto the list by a person's word alone, from a site or a file."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from asnad.centre_folder import CentreFolder
from asnad.cli.main import asnad
from asnad.errors import AsnadError
from asnad.issuers.pack import MAX_PACK
from asnad.proofs.multikey import encode_public_key
from new_centre import begun_centre
from small_issuer import DID, ROOT, STRANGER
from small_pack import altered_pack, fresh_pack
from trusting_centre import OTHER_NAME, OTHER_PHONE, SINCE, TrustingCentre

KEY = encode_public_key(ROOT.public_key)
OTHER_KEY = encode_public_key(STRANGER.public_key)


@cache
def pack_of(version: int = 12, *, days: int = 30, demonstration: bool = False) -> bytes:
    """Write a pack by the real clock, the same for the same arguments."""
    return fresh_pack(int(time.time()), version, days=days, demonstration=demonstration)


class PackSite:
    """The site of an issuer on this machine."""

    def __init__(self) -> None:
        self.files = {"/asnad/pack.json": pack_of()}
        self.moved: dict[str, str] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = site.files.get(self.path)
                self.send_response(301 if self.path in site.moved else 404 if content is None else 200)
                if self.path in site.moved:
                    self.send_header("Location", site.moved[self.path])
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing: a test tells what went wrong."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


@pytest.fixture
def site() -> Iterator[PackSite]:
    served = PackSite()
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> CentreFolder:
    return begun_centre(tmp_path_factory.mktemp("begun") / "centre")


@pytest.fixture
def centre(begun: CentreFolder, tmp_path: Path) -> CentreFolder:
    """Give a centre that is no demonstration and has no keys yet."""
    root = tmp_path / "centre"
    (root / "catalogue").mkdir(parents=True)
    for path in (begun.root / "catalogue").glob("*.yml"):
        (root / "catalogue" / path.name).write_bytes(path.read_bytes())
    return CentreFolder(root)


def trust(centre: CentreFolder, *words: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(asnad, ["trust", *words, "--centre", str(centre.root)], input=typed)
    if isinstance(done.exception, AsnadError):
        return 1, done.output + done.exception.diagnostics()
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def listed(centre: CentreFolder) -> list[dict[str, object]]:
    code, said = trust(centre, "list", "--json")
    assert code == 0, said
    found: list[dict[str, object]] = json.loads(said)
    return found


def test_a_person_sees_the_root_key_and_is_asked_to_ring(centre: CentreFolder, site: PackSite) -> None:
    code, said = trust(centre, "add", site.address, typed="y\n")
    assert code == 0, said
    for text in ("Small Centre / چھوٹا مرکز", DID, KEY, f"{KEY[:4]} {KEY[4:8]} ", "on a number that you know"):
        assert text in said
    assert f"from:           {site.address}asnad/pack.json" in said
    assert "WARNING: this is none of its own addresses" in said
    (issuer,) = listed(centre)
    assert (issuer["did"], issuer["rootKeys"], issuer["ranOut"]) == (DID, [KEY], False)
    assert issuer["source"] == f"{site.address}asnad/pack.json"


@pytest.mark.parametrize("typed", ["n\n", "\n", ""])
def test_without_a_clear_yes_nothing_is_written(centre: CentreFolder, site: PackSite, typed: str) -> None:
    CliRunner().invoke(asnad, ["trust", "add", site.address, "--centre", str(centre.root)], input=typed)
    assert listed(centre) == []
    assert not (centre.root / "keys").exists()


def test_a_script_names_the_key(centre: CentreFolder, site: PackSite) -> None:
    code, said = trust(centre, "add", site.address, "--yes")
    assert (code, "--root-key" in said) == (2, True)
    code, said = trust(centre, "add", site.address, "--yes", "--root-key", OTHER_KEY)
    assert (code, f"expected the root key {OTHER_KEY}, got {KEY}" in said) == (1, True)
    assert listed(centre) == []
    assert trust(centre, "add", site.address, "--yes", "--root-key", KEY)[0] == 0
    assert len(listed(centre)) == 1


def test_a_file_from_a_stick_is_as_good(centre: CentreFolder, tmp_path: Path) -> None:
    (tmp_path / "small-pack.json").write_bytes(pack_of())
    assert trust(centre, "add", str(tmp_path / "small-pack.json"), "--yes", "--root-key", KEY)[0] == 0
    assert listed(centre)[0]["source"] == "small-pack.json"
    code, said = trust(centre, "refresh", DID)
    assert (code, "small-pack.json was carried here" in said) == (1, True)
    (tmp_path / "newer.json").write_bytes(pack_of(13))
    assert trust(centre, "refresh", DID, str(tmp_path / "newer.json"))[0] == 0
    code, said = trust(centre, "refresh", DID, str(tmp_path / "small-pack.json"))
    assert (code, "older than those held" in said) == (1, True)


def test_whoever_is_sent_elsewhere_does_not_go(centre: CentreFolder, site: PackSite) -> None:
    site.moved["/asnad/pack.json"] = f"{site.address}elsewhere.json"
    site.files["/elsewhere.json"] = pack_of()
    code, said = trust(centre, "add", site.address, "--yes", "--root-key", KEY)
    assert code == 1
    assert "could not be fetched" in said
    assert listed(centre) == []


@pytest.mark.parametrize("address", ["http://small.example/", "ftp://small.example/pack.json", "file:///etc/passwd"])
def test_only_https_is_fetched(centre: CentreFolder, address: str) -> None:
    code, said = trust(centre, "add", address)
    assert (code, "expected an https address or a file" in said) == (1, True)


@pytest.mark.parametrize(
    ("address", "told"),
    [("https://[", "expected an address"), (f"http://localhost:1/{'a' * 5_000}/", "could not be fetched")],
)
def test_what_is_no_address_or_a_very_long_one_is_told_without_a_traceback(
    centre: CentreFolder, address: str, told: str
) -> None:
    code, said = trust(centre, "add", address)
    assert (code, told in said) == (1, True)


def test_what_is_too_large_is_not_read_to_its_end(centre: CentreFolder, site: PackSite) -> None:
    site.files["/asnad/pack.json"] = b" " * (MAX_PACK + 100_000)
    code, said = trust(centre, "add", site.address)
    assert (code, f"expected at most {MAX_PACK} bytes" in said) == (1, True)


@pytest.mark.parametrize("content", [b"", b"<!doctype html>", b"{}", b"\xff", b"[" * 50_000])
def test_what_is_no_pack_is_told_without_a_traceback(centre: CentreFolder, site: PackSite, content: bytes) -> None:
    site.files["/asnad/pack.json"] = content
    code, said = trust(centre, "add", site.address)
    assert (code, "hint: " in said) == (1, True)


def test_a_site_or_file_that_is_not_there_is_told(centre: CentreFolder, site: PackSite) -> None:
    code, said = trust(centre, "add", f"{site.address}nothing/")
    assert (code, "404" in said or "Not Found" in said) == (1, True)
    code, said = trust(centre, "add", "nothing.json")
    assert (code, "expected a readable file" in said) == (1, True)


def test_a_demonstration_comes_onto_the_list_of_a_real_centre_only_when_asked_for(
    centre: CentreFolder, site: PackSite
) -> None:
    site.files["/asnad/pack.json"] = pack_of(demonstration=True)
    code, said = trust(centre, "add", site.address, "--yes", "--root-key", KEY)
    assert (code, "got a demonstration" in said) == (1, True)
    code, said = trust(centre, "add", site.address, "--yes", "--root-key", KEY, "--demonstration")
    assert (code, "WARNING: A DEMONSTRATION" in said) == (0, True)
    assert listed(centre)[0]["demonstration"] is True


def test_a_demonstration_may_trust_another(centre: CentreFolder, site: PackSite) -> None:
    path = centre.root / "catalogue" / "centre.yml"
    path.write_text(f"{path.read_text('utf-8')}\ndemonstration: true\n", encoding="utf-8")
    site.files["/asnad/pack.json"] = pack_of(demonstration=True)
    assert trust(centre, "add", site.address, "--yes", "--root-key", KEY)[0] == 0


def test_lists_that_have_run_out_are_pointed_out(centre: CentreFolder, site: PackSite) -> None:
    site.files["/asnad/pack.json"] = pack_of(days=0)
    code, said = trust(centre, "add", site.address, "--yes", "--root-key", KEY)
    assert (code, "WARNING: its lists ran out" in said) == (0, True)
    assert f": asnad trust refresh {DID}" in trust(centre, "list")[1]
    assert listed(centre)[0]["ranOut"] is True


def test_all_issuers_are_refreshed_though_one_does_not_answer(centre: CentreFolder, site: PackSite) -> None:
    assert trust(centre, "add", site.address, "--yes", "--root-key", KEY)[0] == 0
    assert "nothing new" in trust(centre, "refresh")[1]
    site.files["/asnad/pack.json"] = pack_of(13)
    code, said = trust(centre, "refresh")
    assert (code, "Now: git add keys/trust" in said) == (0, True)
    del site.files["/asnad/pack.json"]
    code, said = trust(centre, "refresh")
    assert (code, "could not be fetched" in said) == (1, True)


def test_a_removed_issuer_is_off_the_list(centre: CentreFolder, site: PackSite) -> None:
    assert trust(centre, "add", site.address, "--yes", "--root-key", KEY)[0] == 0
    assert trust(centre, "remove", DID, typed="n\n")[0] != 0
    assert len(listed(centre)) == 1
    assert trust(centre, "remove", DID, typed="y\n")[0] == 0
    assert listed(centre) == []
    code, said = trust(centre, "remove", DID, "--yes")
    assert (code, "asnad trust list" in said) == (1, True)
    assert trust(centre, "refresh", DID)[0] == 1


def test_the_command_line_says_whose_certificate_of_another_centre_it_is(
    trusting: TrustingCentre, tmp_path: Path
) -> None:
    for centre, named in ((trusting.other, True), (trusting.centre, False)):
        path = tmp_path / "certificate.json"
        path.write_bytes(next(iter(centre.credentials().values())))
        words = ["verify", str(path), "--centre", str(trusting.centre.folder.root), "--language", "en"]
        done = CliRunner().invoke(asnad, words, env={"COLUMNS": "300"})
        assert done.exit_code == 0, done.output
        said = f"It names {OTHER_NAME} as its issuer: another centre, trusted here since {SINCE.isoformat()}."
        assert (said in done.output) is named
        assert (OTHER_PHONE in done.output) is named


def test_files_that_somebody_has_altered_are_named(centre: CentreFolder, site: PackSite) -> None:
    assert trust(centre, "add", site.address, "--yes", "--root-key", KEY)[0] == 0
    (path,) = (centre.root / "keys" / "trust").glob("*.pack.json")
    path.write_bytes(altered_pack(pack_of(), names=["Ministry of Education"]))
    code, said = trust(centre, "list")
    assert code == 1
    assert path.name in said
    assert "restore keys/trust from Git" in said
