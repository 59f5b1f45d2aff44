# ruff: noqa: E501  A table reads best with one case on a line.
from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asnad.catalogue.findings import visible
from asnad.catalogue.reading import check_catalogue, read_catalogue
from asnad.catalogue.yaml_text import MAX_BYTES, read_yaml
from asnad.errors import CatalogueErrors

Errors = Callable[..., list[str]]

LOOK = "\n→ Look at indentation, quotes and brackets on this line and the one before"
INVISIBLE = "\n→ Delete the invisible character; the page sets the direction of writing by itself"


def refused(data: bytes) -> list[str]:
    return [f"{found.error()}\n→ {found.hint}" for found in read_yaml("a.yml", data)[1]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: 1\nb: 2\na: 3\n", "a.yml:3: expected each field once, got 'a' again\n→ It stands on line 1 already; delete one of the two"),
        (b'a: {b: 1, "b": 2}', "a.yml:1: expected each field once, got 'b' again\n→ It stands on line 1 already; delete one of the two"),
        (b"a: 1\nb: &x 2", "a.yml:2: expected no anchor, got '&x'\n→ Write it out, or use quotes"),
        (b"a: &x {b: c}", "a.yml:1: expected no anchor, got '&x'\n→ Write it out, or use quotes"),
        (b"a: *x", "a.yml:1: expected a text, got the alias '*x'\n→ Write it out, or use quotes"),
        (b"<<: {a: b}", "a.yml:1: expected the name of a field, got the merge key '<<'\n→ Write the fields out"),
        (b"a: !!binary aGk=", "a.yml:1: expected no tag, got 'tag:yaml.org,2002:binary'\n→ Delete the tag, or use quotes"),
        (b"a: ! b", "a.yml:1: expected no tag, got '!'\n→ Delete the tag, or use quotes"),
        (b"a: !!python/object/apply:os.system [ls]", "a.yml:1: expected no tag, got 'tag:yaml.org,2002:python/object/apply:os.system'\n→ Delete the tag, or use quotes"),
        (b"%YAML 1.1\n---\na: b", "a.yml:1: expected no line that begins with %, got a directive\n→ Delete the line"),
        (b"a: b\n---\nc: d", "a.yml:2: expected one document, got a second one\n→ Put each in a file of its own"),
        (b"? [a]\n: b", "a.yml:1: expected the name of a field, got none\n→ Write a name, a colon and a space; put quotes around a text that holds braces"),
        (b"'': b", "a.yml:1: expected the name of a field, got none\n→ Write a name, a colon and a space; put quotes around a text that holds braces"),
        (b"a: b: c", "a.yml:1: expected YAML, got an error: mapping values are not allowed here\n→ Put quotes around a text that holds a colon, or mend the indentation"),
        (b"a:\n\tb: c", "a.yml:2: expected YAML, got an error: found character '\\t' that cannot start any token\n→ Indent with spaces, not with tabs"),
        (b"a: [b", f"a.yml:1: expected YAML, got an error: expected ',' or ']', but got '<stream end>'{LOOK}"),
        (b'a: "\\UFFFFFFFF"', f"a.yml:1: expected YAML, got something unreadable{LOOK}"),
        (b"a: \xff", "a.yml:1: expected UTF-8, got the byte 0xFF\n→ Save the file with the encoding UTF-8"),
        ("a: b".encode("utf-16"), "a.yml:1: expected UTF-8, got the byte 0xFF\n→ Save the file with the encoding UTF-8"),
        (b"a: b\nc: \xed\xa0\x80", "a.yml:2: expected UTF-8, got the byte 0xED\n→ Save the file with the encoding UTF-8"),
        (b"a: x\0", f"a.yml:1: expected no control, direction or invisible character, got U+0000{INVISIBLE}"),
        (b"a: b\n\n# \x7f", f"a.yml:3: expected no control, direction or invisible character, got U+007F{INVISIBLE}"),
        ("a: \u202eb".encode(), f"a.yml:1: expected no control, direction or invisible character, got U+202E{INVISIBLE}"),
        ("# \u2066".encode(), f"a.yml:1: expected no control, direction or invisible character, got U+2066{INVISIBLE}"),
        ("a: b\u200bc".encode(), f"a.yml:1: expected no control, direction or invisible character, got U+200B{INVISIBLE}"),
        ("a: b\u2060c".encode(), f"a.yml:1: expected no control, direction or invisible character, got U+2060{INVISIBLE}"),
        ("a: b\U000e0041c".encode(), f"a.yml:1: expected no control, direction or invisible character, got U+E0041{INVISIBLE}"),
        ("a: b\u2028c".encode(), f"a.yml:1: expected no control, direction or invisible character, got U+2028{INVISIBLE}"),
        (b'a: "\\u202e"', f"a.yml:1: expected no control, direction or invisible character, got U+202E{INVISIBLE}"),
        (b'a: "\\0"', f"a.yml:1: expected no control, direction or invisible character, got U+0000{INVISIBLE}"),
        (b'a: "\\ud800"', f"a.yml:1: expected no control, direction or invisible character, got U+D800{INVISIBLE}"),
        (b'"\\udc00": b', f"a.yml:1: expected no control, direction or invisible character, got U+DC00{INVISIBLE}"),
        (b'a: "x\ty"', f"a.yml:1: expected no control, direction or invisible character, got U+0009{INVISIBLE}"),
    ],
)  # fmt: skip
def test_yaml_that_surprises_is_refused_with_its_line(data: bytes, message: str) -> None:
    assert refused(data) == [message]


def test_each_line_with_an_invisible_character_is_told() -> None:
    assert refused("a: \u202eb\nb: c\nc: d\u200b\u200b\n".encode()) == [
        f"a.yml:1: expected no control, direction or invisible character, got U+202E{INVISIBLE}",
        f"a.yml:3: expected no control, direction or invisible character, got U+200B{INVISIBLE}",
    ]


def test_the_joiners_that_urdu_needs_are_free() -> None:
    assert refused("a: می\u200cخواہم ک\u200dھ".encode()) == []


def test_twenty_levels_are_read_and_one_more_is_not() -> None:
    assert refused(b"[" * 20 + b"]" * 20) == []
    assert refused(b"[" * 21 + b"]" * 21) == [
        "a.yml:1: expected at most 20 levels, got more\n→ Look for brackets that are not closed"
    ]


def test_five_thousand_brackets_end_at_once() -> None:
    assert refused(b"[" * 5000) == [
        "a.yml:1: expected at most 20 levels, got more\n→ Look for brackets that are not closed"
    ]


def test_a_file_of_the_greatest_size_is_read_and_one_more_byte_is_not() -> None:
    full = b"a: b\n#" + b"x" * (MAX_BYTES - 6)
    assert refused(full) == []
    assert refused(full + b"x") == [
        "a.yml: expected at most 262144 bytes, got 262145\n→ Divide it, or take out what is not data"
    ]


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    assert refused(bomb)[0] == "a.yml:1: expected no anchor, got '&a'\n→ Write it out, or use quotes"
    assert len(refused(bomb)) == 7


def test_every_refusal_of_a_file_is_told() -> None:
    assert len(refused(b"a: &x 1\nb: !!int 2\na: 3\nc: *x\n")) == 4


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_give_errors_for_people_only(data: bytes) -> None:
    for name in ("centre.yml", "courses/x.yml"):
        with pytest.raises(CatalogueErrors):
            read_catalogue({name: data})


# Words of the format and signs of YAML, so that many examples get past the parser.
PIECES = st.sampled_from(
    [
        "id", "title", "award", "names", "modules", "en", "x", "1", ": ", ":", "- ", "\n", "\n  ", "[", "]", "{", "}", ", ", '"', "'",
        "|", ">", "&a ", "*a", "!!str ", "<<", "?", "#", "%", "---", "...", "~", "\\ud800", "\t", "\u202e", "ی",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_arbitrary_yaml_gives_errors_for_people_only(text: str) -> None:
    for name in ("centre.yml", "courses/x.yml", "runs/x.yml", "pathways/x.yml", "quality/x.yml"):
        with pytest.raises(CatalogueErrors):
            read_catalogue({name: text.encode()})


@settings(deadline=None)
@given(st.text(max_size=60), st.binary(max_size=20))
def test_arbitrary_file_names_give_errors_for_people_only(name: str, data: bytes) -> None:
    for path in (name, f"courses/{name}", f"courses/{name}.yml"):
        with pytest.raises(CatalogueErrors):
            read_catalogue({path: data})


# In the manner of lists of naughty strings: what a title may hold, and what it may not.
HARMLESS = [
    "<script>alert(1)</script>", "'; DROP TABLE courses;--", "../../etc/passwd", "{{ 7*7 }}", "=HYPERLINK(1)", "undefined",
    "0/0", "NaN", "1.000,00", "Ω≈ç√∫", "😍", "👩🏽‍🍳", "הָיְתָה", "مُنَاقَشَةُ", "田中さんにあげて下さい", "﷽", "Z̮̞̠", "   x",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_odd_texts_are_kept_as_text(files: dict[str, bytes], text: str) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    files["courses/safety.yml"] = files["courses/safety.yml"].replace(
        b"title: Food Safety", f"title: {quoted}".encode()
    )
    assert read_catalogue(files).courses[1].title.shown_in("en") == (text.strip(), "en")


@pytest.mark.parametrize("text", ["\u202etest", "a\u0007b", "\u200f", "\ufeff", "\u061c", "a\u0085b", "\u2067x\u2069"])
def test_texts_with_invisible_commands_are_refused(files: dict[str, bytes], errors: Errors, text: str) -> None:
    for quoted in (json.dumps(text), f'"{text}"'):
        files["quality/policy.yml"] = f"id: policy\ntitle: {quoted}\ntext: x\nguarantor: y\n".encode()
        found = errors(files)
        assert len(found) == 1
        assert found[0].startswith(
            "quality/policy.yml:2: expected no control, direction or invisible character, got U+"
        )


def test_the_big_list_of_naughty_strings_gives_errors_for_people_only(files: dict[str, bytes], errors: Errors) -> None:
    corpus = Path(__file__).parents[3] / "shared/corpora/big-list-of-naughty-strings/blns.base64.json"
    if not corpus.exists():
        # The tests pass without that corpus, whose licence is not ours; a hand-made list stands above.
        pytest.skip("the list is not here")
    for encoded in json.loads(corpus.read_text()):
        text = b64decode(encoded)
        for written in (text, json.dumps(text.decode("utf-8", "replace")).encode()):
            statement = b"id: policy\ntitle: " + written + b"\ntext: x\nguarantor: y\n"
            found = errors({"centre.yml": files["centre.yml"], "quality/policy.yml": statement})
            assert all(error.startswith("quality/policy.yml") for error in found), written


FILES_OF_ALL_KINDS = (
    "centre.yml", "courses/baking.yml", "courses/safety.yml", "runs/baking-b1.yml", "pathways/technician.yml", "quality/policy.yml",
)  # fmt: skip


@settings(deadline=5_000, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_put_into_a_right_catalogue_gives_findings_or_a_model(
    files: dict[str, bytes], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(FILES_OF_ALL_KINDS))
    written = files[name]
    at = data.draw(st.integers(0, len(written)))
    upto = data.draw(st.integers(at, min(len(written), at + 40)))
    pieces = st.one_of(st.binary(max_size=30), PIECES.map(lambda piece: piece.encode("utf-8", "surrogatepass")))
    spoilt = written[:at] + b"".join(data.draw(st.lists(pieces, max_size=8))) + written[upto:]
    checked = check_catalogue({**files, name: spoilt}, 1_772_755_200)
    assert (checked.catalogue is None) is bool(checked.errors)
    for finding in checked.findings:
        assert finding.message.startswith("expected ")
        assert finding.file in {*files, name}
        assert 0 <= finding.line <= spoilt.count(b"\n") + files[finding.file].count(b"\n") + 2
        assert visible(finding.message) == finding.message
