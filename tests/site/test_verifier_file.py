"""The verifier in one file, made from given parts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest

from asnad import assets
from asnad.errors import PublicationError
from asnad.messages import read_messages, read_sections
from asnad.site.verifier_file import verifier_file
from asnad.site.verifier_page import PinnedIssuer

ROOT = Path(__file__).parent.parent.parent
FILES = {tag: (ROOT / "site_overrides" / "messages" / f"{tag}.json").read_bytes() for tag in ("en", "ur")}
ISSUER = PinnedIssuer("did:web:skills.example", ("z6MkRootOne",))
BUNDLE = {
    "file.html.j2": (ROOT / "site_overrides" / "verifier" / "file.html.j2").read_bytes(),
    "verifier.css": b"body{}\n",
    "verifier.js": b'"use strict";\n',
    "tools.js": b"tools\n",
    "codeReader.js": b"reader\n",
    "zxing_reader.wasm": b"\0asm",
    "icon.svg": b"<svg/>",
}
SITE = {
    "asnad/keys.json": b"keys </script><script>alert(1)</script>",
    "asnad/frozen/key-2025a.bin": b"\x00frozen",
    "status/1.json": b"list",
    "d/0a1b2c3d.bin": b"dictionary",
    "c/ab/learner.json": b"someone's certificate",
}
BLOCK = re.compile(r"<(script|style)([^>]*)>(.*?)</\1>", re.DOTALL)


def made(bundle: dict[str, bytes] = BUNDLE, site: dict[str, bytes] = SITE) -> str:
    return verifier_file(
        bundle,
        issuers=(ISSUER,),
        site_files=site,
        messages=read_messages(FILES, "verifier", ("en", "ur")),
        sections=read_sections(FILES, "verifier", ("en", "ur")),
        as_of=date(2026, 11, 28),
    ).decode()


def shipped() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in assets.verifier_dir().iterdir()}


def blocks(page: str) -> list[tuple[str, str]]:
    """Give attributes and content of every script, data block and style."""
    return [(attributes, content) for _, attributes, content in BLOCK.findall(page)]


def test_policy_stands_first_and_allows_these_scripts_and_nothing_else() -> None:
    page = made(shipped())
    policy = re.search(r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert policy is not None
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
        for attributes, content in blocks(page)
        if not attributes
    ]
    style, *scripts = hashes
    assert f"script-src {' '.join(scripts)} 'wasm-unsafe-eval'; worker-src blob:; style-src {style};" in policy[1]
    assert "img-src data:; connect-src 'none';" in policy[1]
    assert policy[1].count("unsafe") == 1
    assert "'self'" not in policy[1]


def test_encoding_is_named_where_browsers_look_for_it() -> None:
    assert made(shipped()).encode().index(b'<meta charset="utf-8">') < 1024


def test_nothing_is_loaded_from_anywhere() -> None:
    page = BLOCK.sub("", made(shipped()))
    assert [address for address in re.findall(r'(?:src|href)="([^"]*)"', page) if not address.startswith("data:")] == []
    assert "http" not in page.replace("http-equiv", "")


def test_all_that_the_verifier_reads_lies_inside_and_nothing_of_learners() -> None:
    ((attributes, content),) = [block for block in blocks(made()) if "asnad-held" in block[0]]
    assert 'data-as-of="2026-11-28"' in attributes
    held = {path: base64.b64decode(text) for path, text in json.loads(content).items()}
    assert held == {f"../{path}": data for path, data in SITE.items() if not path.startswith("c/")}


def test_words_are_those_of_a_file() -> None:
    ((_, words),) = [block for block in blocks(made()) if block[1].startswith("const asnadMessages=")]
    messages = json.loads(words.removeprefix("const asnadMessages=").strip().removesuffix(";"))
    for spoken in messages.values():
        assert "file" not in spoken
        assert "{address}" not in spoken["printNote"]
    assert "internet" not in messages["en"]["outcome"]["valid-status-stale"]["act"]
    assert messages["en"]["outcome"]["valid-status-stale"]["word"] == "Checked against an old list"


def test_same_parts_make_the_same_bytes() -> None:
    assert made() == made(site=dict(reversed(SITE.items())))


@pytest.mark.parametrize("name", ["verifier.js", "verifier.css"])
@pytest.mark.parametrize("content", [b"'</SCRIPT>'", b"'</style >'", b"'<!--'", b"a\r\nb"])
def test_a_part_that_could_end_its_element_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(PublicationError, match="end its element"):
        made(BUNDLE | {name: content})


def test_a_bundle_that_lacks_a_part_is_refused() -> None:
    with pytest.raises(PublicationError, match=r"icon\.svg"):
        made({name: content for name, content in BUNDLE.items() if name != "icon.svg"})
