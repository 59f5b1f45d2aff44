"""The files of the page that draws a certificate from its link."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from asnad import assets
from asnad.errors import PublicationError
from asnad.messages import read_messages
from asnad.site.link_page import link_page_files
from asnad.site.stationery import CertificateFonts, Stationery, certificate_environment
from asnad.site.verifier_page import PinnedIssuer

OVERRIDES = Path(__file__).parent.parent.parent / "site_overrides"
TEXTS = {tag: (OVERRIDES / "messages" / f"{tag}.json").read_bytes() for tag in ("en", "ur")}
ISSUER = PinnedIssuer("did:web:skills.example", ("z6MkRootOne",))
BUNDLE = {"certificate.js": b"script"}


def made(bundle: dict[str, bytes] = BUNDLE, issuer: PinnedIssuer = ISSUER) -> dict[str, bytes]:
    stationery = Stationery(
        certificate_environment(FileSystemLoader(OVERRIDES / "certificate")),
        read_messages(TEXTS, "certificate", ("en", "ur")),
        CertificateFonts(b"", b"", b""),
        (),
    )
    return link_page_files(bundle, stationery, issuers=(issuer,), time_zone="Asia/Karachi")


def test_files_lie_under_c() -> None:
    assert sorted(made()) == ["c/certificate.js", "c/certificateWords.js", "c/index.html"]


def test_policy_stands_first_and_allows_nothing_inline() -> None:
    page = made()["c/index.html"].decode()
    first = re.search(r"<head>\s*(<[^>]*>)", page)
    assert first is not None
    for directive in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"):
        assert directive + ";" in first[1]
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in first[1]
    assert "unsafe" not in page
    assert re.findall(r"<script(?![^>]* src=)(?![^>]*application/json)", page) == []
    assert "style=" not in page


def test_page_loads_nothing_from_elsewhere() -> None:
    page = made()["c/index.html"].decode()
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == [
        "../v/icon.svg",
        "page.css",
        "link.css",
        "../v/messages.js",
        "../v/tool-words.js",
        "certificateWords.js",
        "certificate.js",
    ]
    assert "http:" not in page
    assert "https:" not in page
    assert '<meta name="referrer" content="no-referrer">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_page_says_in_both_languages_that_it_needs_its_script_and_gives_no_verdict() -> None:
    page = made()["c/index.html"].decode()
    without_script = page[page.index("<noscript>") :]
    assert 'lang="en" dir="ltr"' in without_script
    assert 'lang="ur" dir="rtl"' in without_script
    assert "JavaScript" in without_script
    assert "جاوا اسکرپٹ" in without_script
    assert "valid" not in page.lower()


def test_issuers_are_data_that_cannot_end_their_element() -> None:
    hostile = PinnedIssuer("did:web:x.example</script><script>alert(1)//&amp;", ("z6Mk<!--",))
    page = made(issuer=hostile)["c/index.html"].decode()
    block = page.split('id="asnad-issuers">')[1].split("</script>")[0]
    assert "<" not in block
    assert json.loads(block)[0]["did"] == hostile.did


def test_same_parts_make_the_same_bytes() -> None:
    assert made() == made()


def test_a_bundle_without_the_script_is_refused() -> None:
    with pytest.raises(PublicationError, match=r"certificate\.js"):
        made({})


@pytest.mark.parametrize("script", ["verifier.js", "certificate.js"])
def test_scripts_take_25_kilobytes_at_most_on_their_way(script: str) -> None:
    content = (assets.verifier_dir() / script).read_bytes()
    assert len(gzip.compress(content, 9)) <= 25_000
