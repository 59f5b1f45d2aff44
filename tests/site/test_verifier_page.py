"""The files of the browser verifier, made from given parts."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from asnad.errors import PublicationError
from asnad.messages import Messages, read_messages, read_sections
from asnad.site.verifier_page import PinnedIssuer, TrustedSince, verifier_files

ROOT = Path(__file__).parent.parent.parent
VERIFIER = ROOT / "site_overrides" / "verifier"
FILES = {tag: (ROOT / "site_overrides" / "messages" / f"{tag}.json").read_bytes() for tag in ("en", "ur")}
ISSUER = PinnedIssuer("did:web:skills.example", ("z6MkRootOne", "z6MkRootTwo"))
BUNDLE = {
    "page.html.j2": (VERIFIER / "page.html.j2").read_bytes(),
    "verifier.css": b"body{}",
    "verifier.js": b"script",
    "tools.js": b"tools",
    "sw.js": b"worker",
    "codeReader.js": b"reader",
    "zxing_reader.wasm": b"program",
    "icon.svg": b"<svg/>",
    "icon-192.png": b"small",
    "icon-512.png": b"large",
    "icon-maskable.png": b"full",
    "licences.txt": b"licences",
}
SITE = {
    "asnad/keys.json": b"keys",
    "asnad/manifest.json": b"manifest",
    "asnad/notices.json": b"notices",
    "asnad/frozen/key-2025a.bin": b"frozen",
    "status/1.json": b"list",
    "d/0a1b2c3d.bin": b"dictionary",
    "index.html": b"home",
    "c/ab/learner.json": b"someone's certificate",
    ".well-known/did.json": b"did",
}

# Every code of docs/format.md §6, written out from there.
REASONS = [
    "too-large",
    "not-text",
    "not-json",
    "not-digits",
    "digits-damaged",
    "format-unknown",
    "dictionary-missing",
    "not-inflatable",
    "not-canonical",
    "context-unsupported",
    "type-unsupported",
    "issuer-unreadable",
    "proof-unsupported",
    "issuer-unknown",
    "keys-missing",
    "keys-invalid",
    "keys-rolled-back",
    "keys-leapt",
    "key-unknown",
    "keys-ran-out",
    "key-role",
    "proof-purpose",
    "key-time",
    "signature-mismatch",
    "content",
    "frozen-missing",
    "key-compromised",
    "not-yet",
    "over",
    "replaced",
    "withdrawn",
    "list-missing",
    "list-invalid",
    "manifest-missing",
    "manifest-invalid",
    "manifest-rolled-back",
    "manifest-leapt",
    "manifest-mismatch",
    "list-older",
    "list-ran-out",
    "manifest-ran-out",
    "list-early",
    "first-seen",
    "not-reached",
]
OUTCOMES = [
    "cannot-check",
    "unknown-issuer",
    "invalid",
    "key-withdrawn",
    "revoked",
    "replaced",
    "not-yet-valid",
    "expired",
    "valid-status-unknown",
    "valid-status-stale",
    "demonstration",
    "valid",
]


def sections() -> dict[str, Mapping[str, object]]:
    return read_sections(FILES, "verifier", ("en", "ur"))


def messages() -> dict[str, Messages]:
    return read_messages(FILES, "verifier", ("en", "ur"))


def made(*, issuers: tuple[PinnedIssuer, ...] = (ISSUER,), site: dict[str, bytes] = SITE) -> dict[str, bytes]:
    return verifier_files(BUNDLE, issuers=issuers, site_files=site, messages=messages(), sections=sections())


def test_files_lie_under_v() -> None:
    assert sorted(made()) == [
        "v/codeReader.js",
        "v/icon-192.png",
        "v/icon-512.png",
        "v/icon-maskable.png",
        "v/icon.svg",
        "v/index.html",
        "v/licences.txt",
        "v/messages.js",
        "v/precache.json",
        "v/site.webmanifest",
        "v/sw.js",
        "v/tool-words.js",
        "v/tools.js",
        "v/verifier.css",
        "v/verifier.js",
        "v/zxing_reader.wasm",
    ]


def test_policy_stands_first_in_the_head() -> None:
    page = made()["v/index.html"].decode()
    first = re.search(r"<head>\s*(<[^>]*>)", page)
    assert first is not None
    assert 'http-equiv="Content-Security-Policy"' in first[1]
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    ):
        assert directive + ";" in first[1]
    assert "unsafe" not in page


def test_page_names_nothing_outside_its_site() -> None:
    page = made()["v/index.html"].decode()
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == [
        "icon.svg",
        "site.webmanifest",
        "verifier.css",
        "messages.js",
        "verifier.js",
    ]
    assert "http:" not in page
    assert "https:" not in page
    assert '<meta name="referrer" content="no-referrer">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_page_says_in_both_languages_that_it_needs_its_script() -> None:
    page = made()["v/index.html"].decode()
    without_script = page[page.index("<noscript>") :]
    assert 'lang="en" dir="ltr"' in without_script
    assert 'lang="ur" dir="rtl"' in without_script
    assert "JavaScript" in without_script
    assert "جاوا اسکرپٹ" in without_script


def test_page_that_stays_after_a_move_names_the_new_address_in_every_language() -> None:
    moved = verifier_files(
        BUNDLE,
        issuers=(ISSUER,),
        site_files=SITE,
        messages=messages(),
        sections=sections(),
        moved_to="https://new.example/?a=1&b=<i>",
    )
    page = moved["v/index.html"].decode()
    assert page.count('<a href="https://new.example/?a=1&amp;b=&lt;i&gt;">') == 2
    assert {path: content for path, content in moved.items() if path not in ("v/index.html", "v/precache.json")} == {
        path: content for path, content in made().items() if path not in ("v/index.html", "v/precache.json")
    }
    assert 'class="moved"' not in made()["v/index.html"].decode()


def test_script_carries_no_words_of_other_pages() -> None:
    script = made()["v/messages.js"].decode()
    spoken = json.loads(script.removeprefix("const asnadMessages=").strip().removesuffix(";"))
    assert {"file", "moved"} & {name for section in spoken.values() for name in section} == set()


def test_page_gives_no_verdict_before_its_script_runs() -> None:
    page = made()["v/index.html"].decode().lower()
    assert "verified" not in page
    assert "valid" not in page
    assert "data-outcome" not in page


def test_issuers_are_data_that_cannot_end_their_element() -> None:
    hostile = PinnedIssuer("did:web:x.example</script><script>alert(1)//&amp;", ("z6Mk<!--",))
    page = made(issuers=(hostile,))["v/index.html"].decode()
    block = page.split('id="asnad-issuers">')[1].split("</script>")[0]
    assert "<" not in block
    assert "&" not in block
    assert json.loads(block) == [{"did": hostile.did, "rootKeys": ["z6Mk<!--"], "base": "../", "timeZone": "UTC"}]


def test_precache_lists_what_the_verifier_reads_and_nothing_of_learners() -> None:
    precache = json.loads(made()["v/precache.json"])
    assert precache["data"] == [
        "../asnad/frozen/key-2025a.bin",
        "../asnad/keys.json",
        "../asnad/manifest.json",
        "../asnad/notices.json",
        "../d/0a1b2c3d.bin",
        "../status/1.json",
    ]
    files = made()
    assert {entry["path"]: entry["sha256"] for entry in precache["shell"]} == {
        path: hashlib.sha256(files[f"v/{name}"]).hexdigest()
        for path, name in (
            ("./", "index.html"),
            ("icon.svg", "icon.svg"),
            ("messages.js", "messages.js"),
            ("site.webmanifest", "site.webmanifest"),
            ("tool-words.js", "tool-words.js"),
            ("tools.js", "tools.js"),
            ("verifier.css", "verifier.css"),
            ("verifier.js", "verifier.js"),
        )
    }


def test_precache_says_whose_files_are_kept_and_what_is_kept_once_it_is_used() -> None:
    precache = json.loads(made(site=SITE | {"verifier.html": b"one file"})["v/precache.json"])
    assert precache["issuers"] == [{"did": ISSUER.did, "rootKeys": list(ISSUER.root_keys), "base": "../"}]
    assert {entry["path"]: entry["sha256"] for entry in precache["extras"]} == {
        "../verifier.html": hashlib.sha256(b"one file").hexdigest(),
        "codeReader.js": hashlib.sha256(b"reader").hexdigest(),
        "zxing_reader.wasm": hashlib.sha256(b"program").hexdigest(),
    }
    kept = {entry["path"] for part in ("shell", "extras") for entry in precache[part]}
    assert not kept & {"sw.js", "licences.txt", "icon-192.png", "precache.json"}


@pytest.mark.parametrize("path", ["asnad/manifest.json", "status/1.json", "d/0a1b2c3d.bin", "verifier.html"])
def test_precache_version_follows_what_the_verifier_reads(path: str) -> None:
    before, after = made()["v/precache.json"], made(site=SITE | {path: b"another"})["v/precache.json"]
    assert json.loads(before)["version"] != json.loads(after)["version"]
    elsewhere = made(site=SITE | {"index.html": b"another home"})["v/precache.json"]
    assert json.loads(before)["version"] == json.loads(elsewhere)["version"]


def test_same_parts_make_the_same_bytes() -> None:
    assert made() == made(site=dict(reversed(SITE.items())))


@pytest.mark.parametrize("base", ["https://elsewhere.example/", "//elsewhere.example/", "/", "..", "../a?b/", ""])
def test_an_issuer_off_this_site_is_refused(base: str) -> None:
    with pytest.raises(PublicationError):
        made(issuers=(PinnedIssuer("did:web:x.example", ("z6Mk",), base),))


def test_the_centre_comes_first_and_of_the_others_the_page_says_since_when_they_are_trusted() -> None:
    since = TrustedSince(names=("Other <b>Centre</b>",), source="https://b.example/pack.json", added=date(2026, 6, 3))
    other = PinnedIssuer("did:web:b.example", ("z6Mk",), "../trusted/b-example-00000000/", "Asia/Karachi", since)
    page = made(issuers=(ISSUER, other))["v/index.html"].decode()
    block = json.loads(page.split('id="asnad-issuers">')[1].split("</script>")[0])
    assert [issuer["did"] for issuer in block] == [ISSUER.did, other.did]
    assert "added" not in block[0]
    assert (block[1]["names"], block[1]["added"]) == (["Other <b>Centre</b>"], "2026-06-03")
    assert "<b>" not in page
    for wrong in ((other,), (other, ISSUER), (ISSUER, ISSUER), (ISSUER, other, other)):
        with pytest.raises(PublicationError):
            made(issuers=wrong)


def test_files_of_trusted_issuers_are_kept_for_use_offline_too() -> None:
    folder = "trusted/b-example-00000000/"
    paths = ("asnad/keys.json", "asnad/frozen/key-2025a.bin", "status/12.json", "d/0a1b2c3d.bin")
    others = (
        f"{folder}.well-known/did.json",
        f"{folder}asnad/pack.json",
        "trusted/A/asnad/keys.json",
        "trusted/x/y/d/0a1b2c3d.bin",
    )
    site = dict.fromkeys((*(f"{folder}{path}" for path in paths), *others), b"x")
    kept = json.loads(made(site=site)["v/precache.json"])["data"]
    assert kept == sorted(f"../{folder}{path}" for path in paths)


def test_an_issuer_without_root_keys_is_refused() -> None:
    with pytest.raises(PublicationError):
        made(issuers=(PinnedIssuer("did:web:x.example", ()),))
    with pytest.raises(PublicationError):
        made(issuers=())


def test_a_bundle_that_lacks_a_part_is_refused() -> None:
    partial = {name: content for name, content in BUNDLE.items() if name != "sw.js"}
    with pytest.raises(PublicationError, match=r"sw\.js"):
        verifier_files(partial, issuers=(ISSUER,), site_files={}, messages=messages(), sections=sections())


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_outcome_and_reason_has_words(language: str) -> None:
    texts = messages()[language]
    for outcome in OUTCOMES:
        for part in ("word", "means", "act"):
            assert texts.has(f"outcome.{outcome}.{part}")
    assert [reason for reason in REASONS if not texts.has(f"reason.{reason}")] == []


def test_outcomes_are_told_apart_by_their_words() -> None:
    for texts in messages().values():
        words = [texts.text(f"outcome.{outcome}.word") for outcome in OUTCOMES]
        assert len(set(words)) == len(OUTCOMES)


def test_a_translation_that_nobody_reviewed_says_so() -> None:
    assert messages()["en"].text("translation.state") == "reviewed"
    assert messages()["ur"].text("translation.state") == "unreviewed"


def test_scripts_never_write_markup() -> None:
    sources = sorted((VERIFIER / "src").glob("*.ts"))
    assert sources
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function")
    assert [source.name for source in sources if forbidden.search(source.read_text("utf-8"))] == []
