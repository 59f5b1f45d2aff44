"""A stolen status key: it can make lists until it is known, and never a key or a certificate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from small_centre import (
    copy_of,
    issued_centre,
    trust,
)
from stolen_keys import (
    FOUNDED,
    LATER,
    SERIALS,
    each_with,
    files_by_serial,
    forged_certificate,
    outcomes_of,
    reasons_of,
    report_theft,
    thief_with,
)

from asnad.credentials.digest import credential_digest
from asnad.desk.rotation import rotate
from asnad.desk.withdrawing import WithdrawalReason, refresh, revoke
from asnad.errors import InvalidError, SigningError
from asnad.issuers.keys_file import IssuerKey, KeyState, Role
from asnad.issuers.keys_signing import sign_keys_file
from asnad.issuers.manifest import Manifest, manifest_entries, sign_manifest, verify_manifest
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.strict_json import parse_object
from asnad.signing.signer import KeyFileSigner
from asnad.status.status_list import sign_status_list
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from asnad.verification.trust import SeenVersions, Trust
from asnad.verification.verify import verify_document
from example_centre import CHEAP, NOW, ExampleCentre


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> ExampleCentre:
    return issued_centre(tmp_path_factory.mktemp("issued"))


@pytest.fixture
def centre(issued: ExampleCentre, tmp_path: Path) -> ExampleCentre:
    return copy_of(issued, tmp_path / "copy")


def test_a_stolen_status_key_is_replaced_and_signs_nothing_more(centre: ExampleCentre) -> None:
    thief = thief_with(centre, "status-2026a")
    old = centre.folder.public_files()
    done = report_theft(centre, "status-2026a")
    assert [key.fragment() for key in done.made] == ["status-2026b"]
    record = centre.workplace().record()
    assert record.keys.frozen == ()
    with pytest.raises(InvalidError):
        verify_manifest(old["asnad/manifest.json"], record.keys)
    assert outcomes_of(centre, files_by_serial(centre)) == each_with(files_by_serial(centre), Outcome.DEMONSTRATION)
    assert "status-2026a" not in record.did_json.decode()

    revoke(centre.workplace(NOW + 700), SERIALS[0], WithdrawalReason.MISCONDUCT, "")
    cleared = canonical_json(sign_status_list(record.lists[1], thief, centre.contexts))
    report = _held_with(centre, files_by_serial(centre)[SERIALS[0]], {"status/1.json": cleared})
    assert report.outcome is Outcome.REVOKED, "the notice tells it, too"
    report = _held_with(centre, files_by_serial(centre)[SERIALS[1]], {"status/1.json": cleared})
    assert (report.outcome, reasons_of(report)) == (Outcome.VALID_STATUS_UNKNOWN, {"list-invalid"})
    refresh(centre.workplace(NOW + 800))
    with pytest.raises(SigningError, match="found one that is compromised"):
        report_theft(centre, "status-2026a", at=NOW + 900)


def test_where_another_status_key_signs_none_is_made(centre: ExampleCentre) -> None:
    rotate(centre.workplace(NOW + 60), Role.STATUS, CHEAP)
    assert report_theft(centre, "status-2026a").made == ()
    assert outcomes_of(centre, files_by_serial(centre)) == each_with(files_by_serial(centre), Outcome.DEMONSTRATION)


def _held_with(centre: ExampleCentre, data: bytes, files: dict[str, bytes], seen: SeenVersions | None = None) -> Report:
    """Verify where some of the centre's files were exchanged."""
    (issuer,) = trust(centre).issuers
    changed = replace(issuer, files=dict(issuer.files) | files, seen=seen)
    return verify_document(data, Trust((changed,), ()), LATER, centre.contexts)


def _manifest_by(centre: ExampleCentre, signer: KeyFileSigner, files: dict[str, bytes]) -> dict[str, bytes]:
    """Make the manifest of a thief, who has all files of the site and writes some anew."""
    record = centre.workplace().record()
    named = {entry.path for entry in record.manifest.entries} | files.keys()
    content = {path: data for path, data in (centre.folder.public_files() | files).items() if path in named}
    manifest = Manifest(
        issuer=record.keys.issuer,
        version=record.manifest.version + 1,
        issued=NOW + 1200,
        expires=NOW + 86_400,
        entries=manifest_entries(content),
    )
    return files | {"asnad/manifest.json": canonical_json(sign_manifest(manifest, signer))}


def test_a_stolen_status_key_cannot_make_an_issuing_key_before_its_theft_is_known(centre: ExampleCentre) -> None:
    thief, keys = thief_with(centre, "status-2026a"), centre.workplace().record().keys
    seed = SigningKey.generate()
    own = IssuerKey(
        id=f"{keys.issuer}#key-2026x",
        public_key=bytes(seed.verify_key),
        role=Role.ISSUING,
        state=KeyState.ACTIVE,
        start=FOUNDED,
        end=NOW + 86_400,
    )
    signer = KeyFileSigner(own.id, own.public_key, seed)
    forged = forged_certificate(centre, signer, created=NOW, valid_from=NOW)
    good = next(iter(centre.credentials().values()))

    listed = replace(keys, version=keys.version + 1, keys=(*keys.keys, own))
    as_root = replace(listed, root_id=thief.key_id, root_key=thief.public_key)
    promoted = replace(keys, keys=tuple(replace(key, role=Role.ISSUING) for key in keys.keys))
    for lie in (listed, as_root, promoted):
        files = _manifest_by(centre, thief, {"asnad/keys.json": canonical_json(sign_keys_file(lie, thief))})
        for data in (forged, good):
            report = _held_with(centre, data, files)
            assert (report.outcome, reasons_of(report)) == (Outcome.CANNOT_CHECK, {"keys-invalid"})

    did = centre.workplace().record().did_json.replace(b"#status-2026a", b"#key-2026x")
    report = _held_with(centre, forged, _manifest_by(centre, thief, {".well-known/did.json": did}))
    assert (report.outcome, reasons_of(report)) == (Outcome.INVALID, {"key-unknown"})
    by_status = forged_certificate(centre, thief, created=NOW, valid_from=NOW)
    report = _held_with(centre, by_status, _manifest_by(centre, thief, {}))
    assert (report.outcome, reasons_of(report)) == (Outcome.INVALID, {"key-role"})


def test_a_stolen_status_key_cannot_restore_a_withdrawn_issuing_key(centre: ExampleCentre) -> None:
    thief, stolen, before = (
        thief_with(centre, "status-2026a"),
        thief_with(centre, "key-2026a"),
        centre.folder.public_files(),
    )
    forged = forged_certificate(centre, stolen, created=NOW, valid_from=NOW)
    report_theft(centre)
    record = centre.workplace().record()
    seen = SeenVersions(keys=record.keys.version, manifest=record.manifest.version)

    older = _manifest_by(centre, thief, {"asnad/keys.json": before["asnad/keys.json"]})
    report = _held_with(centre, forged, older, seen)
    assert (report.outcome, reasons_of(report)) == (Outcome.CANNOT_CHECK, {"keys-rolled-back"})

    active = replace(
        record.keys,
        version=record.keys.version + 1,
        frozen=(),
        keys=tuple(replace(key, state=KeyState.ACTIVE) for key in record.keys.keys),
    )
    lie = _manifest_by(centre, thief, {"asnad/keys.json": canonical_json(sign_keys_file(active, thief))})
    report = _held_with(centre, forged, lie, seen)
    assert (report.outcome, reasons_of(report)) == (Outcome.CANNOT_CHECK, {"keys-invalid"})

    path = "asnad/frozen/key-2026a.bin"
    digest = credential_digest(parse_object(forged, limit=65_536))
    longer = _manifest_by(centre, thief, {path: record.frozen[path] + digest})
    report = _held_with(centre, forged, longer, seen)
    assert (report.outcome, reasons_of(report)) == (Outcome.CANNOT_CHECK, {"frozen-missing"})
    assert _held_with(centre, forged, _manifest_by(centre, thief, {}), seen).outcome is Outcome.KEY_WITHDRAWN
