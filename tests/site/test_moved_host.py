"""What the host of the old address goes on serving."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from asnad.errors import PublicationError
from asnad.messages import read_messages, read_sections
from asnad.site.moved_host import moved_host_files
from asnad.site.verifier_page import COPIED, PinnedIssuer

ROOT = Path(__file__).parent.parent.parent
SOURCES = ROOT / "site_overrides" / "verifier"
FILES = {tag: (ROOT / "site_overrides" / "messages" / f"{tag}.json").read_bytes() for tag in ("en", "ur")}
BUNDLE = {name: (SOURCES / name).read_bytes() for name in ("page.html.j2", "moved.html.j2", "verifier.css", "icon.svg")}
BUNDLE |= {name: name.encode() for name in COPIED if name not in BUNDLE}
NEW = "https://new.example/a/?b=<c>&d/"
STAYS = {
    ".well-known/did.json": b"did",
    ".nojekyll": b"",
    "asnad/keys.json": b"keys",
    "asnad/frozen/key-2025a.bin": b"frozen",
    "status/1.json": b"list",
    "d/0a1b2c3d.bin": b"dictionary",
    "achievements/baking/1.json": b"achievement",
    "c/ab/learner.html": b"page",
    "c/index.html": b"page of links",
    "verifier.html": b"one file",
    "trusted/b-example-00000000/status/1.json": b"list of another issuer",
}
GOES = {"index.html": b"home", "courses/baking/index.html": b"course", "sitemap.xml": b"map", "catalogue.json": b"{}"}


def made(bundle: dict[str, bytes] = BUNDLE) -> dict[str, bytes]:
    return moved_host_files(
        STAYS | GOES | {"v/index.html": b"older page", "v/verifier.js": b"older script"},
        bundle,
        issuers=(PinnedIssuer("did:web:old.example", ("z6MkRoot",)),),
        messages=read_messages(FILES, "verifier", ("en", "ur")),
        sections=read_sections(FILES, "verifier", ("en", "ur")),
        moved_to=NEW,
    )


def test_what_is_signed_stays_byte_for_byte_and_the_catalogue_goes() -> None:
    files = made()
    assert {path: files[path] for path in STAYS} == STAYS
    others = {path for path in files if path not in STAYS and not path.startswith("v/")}
    assert others == {"index.html", "404.html"}


def test_verifier_stays_and_names_the_new_address() -> None:
    page = made()["v/index.html"].decode()
    assert 'href="https://new.example/a/?b=&lt;c&gt;&amp;d/"' in page
    assert 'id="asnad-verifier"' in page
    assert "did:web:old.example" in page


def test_offline_copy_of_the_verifier_is_the_page_that_names_it() -> None:
    files = made()
    shell = {entry["path"]: entry["sha256"] for entry in json.loads(files["v/precache.json"])["shell"]}
    assert shell["./"] == hashlib.sha256(files["v/index.html"]).hexdigest()
    data = json.loads(files["v/precache.json"])["data"]
    assert data == [
        *("../asnad/frozen/key-2025a.bin", "../asnad/keys.json", "../d/0a1b2c3d.bin", "../status/1.json"),
        "../trusted/b-example-00000000/status/1.json",
    ]


def test_home_page_leads_to_the_new_address_at_once_and_others_name_it() -> None:
    files = made()
    assert b'http-equiv="refresh" content="0; url=https://new.example/a/?b=&lt;c&gt;&amp;d/"' in files["index.html"]
    assert b"refresh" not in files["404.html"]
    for name in ("index.html", "404.html"):
        assert 'dir="rtl"' in files[name].decode()
        assert b"<c>" not in files[name]


def test_a_bundle_without_the_page_is_refused() -> None:
    with pytest.raises(PublicationError, match=r"moved\.html\.j2"):
        made({name: data for name, data in BUNDLE.items() if name != "moved.html.j2"})
