"""`asnad verify` judges a file, a link, digits or a picture, with the exit codes of docs/format.md §6."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from command_line import Answer, assert_told, at_desk, in_centre, link_of
from PIL import Image

from asnad import assets
from asnad.carriers.qr_code import draw_qr_code
from asnad.cli.report_view import show_report
from asnad.credentials.baking import bake_png, bake_svg
from asnad.instant import format_instant
from asnad.messages import read_messages
from asnad.verification.outcome import Check, Outcome, Result
from asnad.verification.report import CheckResult, Report
from example_centre import NOW, ExampleCentre

REASONS = (
    *("too-large", "not-text", "not-json", "not-digits", "digits-damaged", "format-unknown", "dictionary-missing"),
    *("not-inflatable", "not-canonical", "context-unsupported", "type-unsupported", "issuer-unreadable"),
    *("proof-unsupported", "issuer-unknown", "keys-missing", "keys-invalid", "keys-rolled-back", "keys-leapt"),
    *("key-unknown", "keys-ran-out", "key-role", "proof-purpose", "key-time", "signature-mismatch", "content"),
    *("frozen-missing", "key-compromised", "not-yet", "over", "replaced", "withdrawn", "list-missing"),
    *("list-invalid", "manifest-missing", "manifest-invalid", "manifest-rolled-back", "manifest-leapt"),
    *("manifest-mismatch", "list-older", "list-ran-out", "manifest-ran-out", "list-early", "first-seen"),
    "not-reached",
)
CHECKS = ["read", "issuer", "key", "signature", "format", "period", "status", "versions"]


def verify(centre: ExampleCentre, certificate: str, *words: str) -> Answer:
    return in_centre(centre, "verify", certificate, *words)


def judged(centre: ExampleCentre, certificate: str, at: int | None = None) -> tuple[str, int]:
    moment = () if at is None else ("--at", format_instant(at))
    answer = verify(centre, certificate, "--json", *moment)
    assert "Traceback" not in answer.err, answer.err
    assert answer.out, answer.err
    return json.loads(answer.out)["outcome"], answer.code


def picture(text: str, scale: int, kind: str) -> bytes:
    """Draw a code as it comes out of a phone or a scanner."""
    rows = draw_qr_code(text).rows
    image = Image.new("L", (len(rows), len(rows)), 255)
    image.putdata([0 if black else 255 for row in rows for black in row])
    file = io.BytesIO()
    image.resize((len(rows) * scale, len(rows) * scale), Image.Resampling.NEAREST).save(file, kind)
    return file.getvalue()


@pytest.fixture(scope="module")
def carriers(small_centre: ExampleCentre, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Hold the same certificate in every form, each as it is named on the command line."""
    folder = tmp_path_factory.mktemp("carriers")
    name, data = next(iter(small_centre.credentials().items()))
    code, link = small_centre.digits()[name]
    contents = {
        "as-issued.json": data,
        "indented.json": json.dumps(json.loads(data), indent=4, ensure_ascii=False).encode(),
        "link.txt": link_of(small_centre, link).encode() + b"\r\n",
        "digits.txt": code.encode(),
        "code.png": picture(link_of(small_centre, code), 4, "PNG"),
        "code.jpg": picture(link_of(small_centre, code), 4, "JPEG"),
        "inside.png": bake_png(picture(link_of(small_centre, code), 4, "PNG"), data),
        "inside.svg": bake_svg(draw_qr_code(link_of(small_centre, code)).to_svg(), data),
    }
    for file_name, content in contents.items():
        (folder / file_name).write_bytes(content)
    return {file_name: str(folder / file_name) for file_name in contents} | {
        "code": code,
        "link digits": link,
        "grouped code": " ".join(code[i : i + 5] for i in range(0, len(code), 5)),
        "code address": link_of(small_centre, code),
        "link address": link_of(small_centre, link),
    }


@pytest.mark.parametrize(
    "form",
    [
        *("as-issued.json", "indented.json", "link.txt", "digits.txt", "code.png", "code.jpg"),
        *("inside.png", "inside.svg"),
        *("code", "link digits", "grouped code", "code address", "link address"),
    ],
)
def test_each_form_of_a_certificate_gives_the_same_verdict(
    small_centre: ExampleCentre, carriers: dict[str, str], form: str
) -> None:
    assert judged(small_centre, carriers[form]) == ("demonstration", 0)


def test_a_picture_of_two_certificates_is_not_judged(small_centre: ExampleCentre, tmp_path: Path) -> None:
    (_, one), (other, _) = list(small_centre.credentials().items())[:2]
    shown = picture(link_of(small_centre, small_centre.digits()[other][0]), 4, "PNG")
    inside = bake_png(shown, one)
    start = inside.index(b"iTXt") - 4
    again = inside[start : start + 12 + int.from_bytes(inside[start : start + 4])]
    (tmp_path / "another-code.png").write_bytes(inside)
    (tmp_path / "two-inside.png").write_bytes(inside[:start] + again + inside[start:])
    (tmp_path / "damaged.png").write_bytes(inside.replace(b"CSC-FT", b"CSC-FX", 1))
    for name, told in (
        ("another-code.png", "expected the code of the certificate inside the picture, got that of another"),
        ("two-inside.png", "expected one certificate inside the picture, found several"),
        ("damaged.png", "expected a picture that can be read, got one that is damaged, altered or too large"),
    ):
        answer = verify(small_centre, str(tmp_path / name))
        assert answer.code == 3
        assert told in answer.err
        assert answer.out == ""


def test_the_report_as_json_has_the_members_of_the_specification(
    small_centre: ExampleCentre, carriers: dict[str, str]
) -> None:
    report = json.loads(verify(small_centre, carriers["as-issued.json"], "--json").out)
    assert sorted(report) == ["asOf", "checks", "demonstration", "outcome"]
    assert report["demonstration"] is True
    assert sorted(entry["check"] for entry in report["checks"]) == sorted(CHECKS)
    results = {entry["check"]: (entry["result"], entry.get("reason")) for entry in report["checks"]}
    assert results.pop("versions") == ("unchecked", "first-seen")
    assert set(results.values()) == {("passed", None)}
    record = small_centre.workplace().record()
    assert report["asOf"] == format_instant(record.lists[1].valid_from)


def test_the_answer_for_people_names_verdict_learner_and_moment(
    small_centre: ExampleCentre, carriers: dict[str, str]
) -> None:
    answer = verify(small_centre, carriers["as-issued.json"], "--language", "en")
    assert answer.code == 0
    for text in ("(demonstration)", "CSC-FT-HB-W/12/00", "did:web:chenab-skills.example", "Signature"):
        assert text in answer.out
    urdu = verify(small_centre, carriers["as-issued.json"], "--language", "ur")
    assert urdu.code == 0
    assert "(demonstration)" in urdu.out
    assert any("؀" <= letter <= "ۿ" for letter in urdu.out)


def test_much_later_it_is_no_longer_up_to_date_or_over(issued_centre: ExampleCentre, tmp_path: Path) -> None:
    later: dict[bool, bytes] = {}
    for data in issued_centre.credentials().values():
        document = json.loads(data)
        later.setdefault("validUntil" in document, data)
    assert sorted(later) == [False, True]
    for limited, expected in ((False, ("valid-status-stale", 3)), (True, ("expired", 1))):
        path = tmp_path / f"{limited}.json"
        path.write_bytes(later[limited])
        assert judged(issued_centre, str(path), NOW + 3600) == ("demonstration", 0)
        assert judged(issued_centre, str(path), NOW + 10 * 365 * 86_400) == expected
        assert judged(issued_centre, str(path), NOW - 86_400) == ("not-yet-valid", 1)


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_verdict_and_reason_of_the_specification_has_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, outcome: Outcome
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    checks = tuple(CheckResult(check, result) for check in Check for result in Result)
    reasons = tuple(CheckResult(Check.STATUS, Result.FAILED, reason) for reason in REASONS)
    report = Report(
        outcome=outcome,
        checks=checks + reasons,
        as_of=NOW,
        list_valid_until=NOW,
        withdrawn_on=None,
        keys=None,
        credential=None,
    )
    messages = read_messages(assets.message_files(), "verifier", [language])[language]
    show_report(report, messages, NOW)
    told = capsys.readouterr().out
    assert f"({outcome})" in told
    assert all(reason in told for reason in REASONS)


def test_after_a_withdrawal_every_form_says_so(own_centre: ExampleCentre) -> None:
    assert at_desk(own_centre, "revoke", "CSC-FT-HB-W/12/002", "--reason", "wrong-person", "--yes").code == 0
    files = own_centre.credentials()
    name = next(name for name, data in files.items() if b"CSC-FT-HB-W/12/002" in data)
    path = own_centre.folder.credentials / "private" / "credentials" / f"{name}.json"
    assert judged(own_centre, str(path)) == ("revoked", 1)
    assert judged(own_centre, own_centre.digits()[name][0]) == ("revoked", 1)
    other = next(other for other in files if other != name)
    assert judged(own_centre, own_centre.digits()[other][0]) == ("demonstration", 0)


def test_another_centre_is_unknown_and_an_altered_name_is_invalid(small_centre: ExampleCentre, tmp_path: Path) -> None:
    data = next(iter(small_centre.credentials().values()))
    document = json.loads(data)
    foreign = tmp_path / "foreign.json"
    foreign.write_text(json.dumps(document | {"issuer": document["issuer"] | {"id": "did:web:other.example"}}))
    assert judged(small_centre, str(foreign)) == ("unknown-issuer", 3)
    altered = tmp_path / "altered.json"
    altered.write_bytes(data.replace(b"CSC-FT-HB-W/12/00", b"CSC-FT-HB-W/12/90"))
    assert judged(small_centre, str(altered)) == ("invalid", 1)
    code = small_centre.digits()[json.loads(data)["id"].removeprefix("urn:uuid:")][0]
    assert judged(small_centre, code[:-17] + "0" * 17) == ("cannot-check", 3)


def _nothing_in_it(folder: Path) -> dict[str, bytes]:
    blank = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(blank, "PNG")
    return {
        "photo-without-code.png": blank.getvalue(),
        "foreign-code.png": picture("https://shop.example/offer", 6, "PNG"),
        "empty.json": b"",
        "text.txt": b"This is my certificate.",
        "cut.json": b'{"@context":[',
        "binary.bin": bytes(range(256)) * 20,
        "deep.json": b"[" * 60_000,
        "too-large.json": b"{" + b" " * 70_000 + b"}",
    }


@pytest.mark.parametrize("name", sorted(_nothing_in_it(Path())))
def test_what_holds_no_certificate_cannot_be_checked(small_centre: ExampleCentre, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(_nothing_in_it(tmp_path)[name])
    assert judged(small_centre, str(path)) == ("cannot-check", 3)


def test_a_file_that_only_begins_as_a_picture_is_told(small_centre: ExampleCentre, tmp_path: Path) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert_told(verify(small_centre, str(path)), 3, "expected a picture", hint=False)


@pytest.mark.parametrize("member", ["[/b]", "\x1b[31mred", "[bold]loud"])
def test_nothing_that_a_file_says_writes_to_the_terminal_as_it_wants(
    small_centre: ExampleCentre, tmp_path: Path, member: str
) -> None:
    document = json.loads(next(iter(small_centre.credentials().values())))
    for place, changed in enumerate(
        (document | {member: 1}, document | {"issuer": document["issuer"] | {member: {member: [member]}}})
    ):
        path = tmp_path / f"{place}.json"
        path.write_text(json.dumps(changed))
        answer = verify(small_centre, str(path), "--language", "en")
        assert "Traceback" not in answer.err, answer.err
        assert answer.code == 1, answer
        assert "\x1b" not in answer.out + answer.err


@pytest.fixture
def server(small_centre: ExampleCentre) -> Iterator[str]:
    """Serve the kept credentials on this machine."""
    folder = small_centre.folder.credentials / "private" / "credentials"

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def test_an_address_is_fetched_and_judged(small_centre: ExampleCentre, server: str) -> None:
    name = next(iter(small_centre.credentials()))
    assert judged(small_centre, f"{server}/{name}.json") == ("demonstration", 0)
    missing = verify(small_centre, f"{server}/none.json")
    assert_told(missing, 3, f"{server}/none.json", "could not be fetched", hint=False)


@pytest.mark.parametrize(
    "certificate",
    [
        "ftp://files.example/c.json",
        "file:///etc/passwd",
        "http://elsewhere.example/c.json",
        "https://[broken/c.json",
        "http://localhost:99999999/c.json",
        "http://localhost:port/c.json",
        "http://localhost/a b\x01.json",
        "http://127.0.0.1:9/c.json",
        "https://",
        "",
        "hello",
        "no-such-file.json",
        "12345",
        "9" * 300,
        "9" * 5000,
        "ة" * 200,
        "٣" * 34,
    ],
)
def test_what_is_no_certificate_at_all_is_told_without_a_trace(small_centre: ExampleCentre, certificate: str) -> None:
    answer = verify(small_centre, certificate)
    assert_told(answer, 3, hint=False)
    assert answer.out or "asnad: " in answer.err


def test_a_folder_is_told_to_be_none_of_these(small_centre: ExampleCentre, tmp_path: Path) -> None:
    answer = verify(small_centre, str(tmp_path))
    assert "Traceback" not in answer.err
    assert answer.code in (1, 3)


@pytest.mark.parametrize("moment", ["yesterday", "2026-12-01", "2026-02-30T00:00:00Z", "2026-12-01T12:00:00+05:00", ""])
def test_a_moment_that_is_none_is_a_wrong_call(small_centre: ExampleCentre, moment: str) -> None:
    answer = verify(small_centre, "123", "--at", moment)
    assert_told(answer, 2, "--at: expected a moment such as 2026-12-01T12:00:00Z", hint=False)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_the_ends_of_the_calendar_are_moments_too(
    small_centre: ExampleCentre, carriers: dict[str, str], moment: str
) -> None:
    answer = verify(small_centre, carriers["as-issued.json"], "--at", moment)
    assert "Traceback" not in answer.err
    assert answer.code in (1, 3)


def test_the_present_is_the_moment_unless_told(small_centre: ExampleCentre, carriers: dict[str, str]) -> None:
    answer = verify(small_centre, carriers["code"], "--language", "en")
    assert f"at {format_instant(int(time.time()))[:10]}" in answer.out
