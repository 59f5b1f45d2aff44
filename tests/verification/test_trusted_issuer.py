"""An issuer on a centre's list is believed by the pinned root key alone, and its files hold together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from asnad.carriers.received import verify_digits
from asnad.errors import AsnadError, InvalidError, IssuingError
from asnad.issuers.keys_file import Role
from asnad.issuers.pack import read_pack
from asnad.issuers.refused_keys import REFUSED_KEYS
from asnad.issuers.trust_record import TrustRecord, trust_record_json
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.multikey import decode_public_key
from asnad.verification.outcome import Outcome
from asnad.verification.trust import Trust
from asnad.verification.trusted_issuer import TrustedIssuer, check_pack, read_trusted_issuer, read_trusted_issuers
from asnad.verification.verify import verify_document
from small_issuer import (
    DAY,
    DICTIONARY,
    DID,
    KEYS,
    LIST,
    LISTED,
    NOW,
    ROOT,
    STATUS_LIST,
    STRANGER,
    credential_document,
    digits,
    issuer_key,
    published,
    signed,
)
from small_pack import altered_pack, dictionary_path, small_files, small_pack

PACK = small_pack()
RECORD = TrustRecord(
    did=DID,
    names=("Small Centre",),
    root_keys=(ROOT.public_key,),
    source="https://small.example/asnad/pack.json",
    added=date(2026, 6, 3),
    time_zone="Asia/Karachi",
)
OWN = "did:web:own.example"


def trusted(pack: bytes = PACK, record: TrustRecord = RECORD) -> TrustedIssuer:
    return read_trusted_issuer(trust_record_json(record), pack, record.path())


def refusal(pack: bytes, record: TrustRecord = RECORD) -> str:
    with pytest.raises(IssuingError) as caught:
        trusted(pack, record)
    assert caught.value.place == record.pack_path()
    return caught.value.message


def test_its_certificate_is_valid_by_the_files_of_the_pack() -> None:
    issuer = trusted()
    certificate = signed(credential_document())
    trust = Trust((issuer.trust(),), issuer.dictionaries())
    assert verify_document(canonical_json(certificate), trust, NOW).outcome is Outcome.VALID
    assert verify_digits(digits(certificate), trust, NOW).outcome is Outcome.VALID


def test_a_host_that_is_not_listed_is_never_good_whatever_its_pack_says() -> None:
    certificate = canonical_json(signed(credential_document()))
    nobody = Trust((), (DICTIONARY,))
    assert verify_document(certificate, nobody, NOW).outcome is Outcome.UNKNOWN_ISSUER
    assert verify_digits(digits(signed(credential_document())), nobody, NOW).outcome is Outcome.UNKNOWN_ISSUER


def test_keys_signed_by_another_root_than_the_pinned_one_are_refused() -> None:
    other = replace(KEYS, root_key=STRANGER.public_key)
    pack = small_pack(small_files(other, roots=(STRANGER,)), other)
    assert "expected a proof by a pinned root key" in refusal(pack)


def test_files_of_another_did_are_refused() -> None:
    assert "expected files of" in refusal(altered_pack(PACK, did="did:web:other.example", files={}))
    other = replace(RECORD, did="did:web:other.example")
    assert "expected files of did:web:other.example, got those of did:web:small.example" in refusal(PACK, other)
    # The pack claims the did; its files speak of another.
    renamed = altered_pack(PACK, did=other.did)
    assert "expected issuer did:web:other.example" in refusal(renamed, other)


@pytest.mark.parametrize("path", ["asnad/keys.json", "asnad/manifest.json", "asnad/notices.json", LIST])
def test_a_pack_that_lacks_a_file_is_refused(path: str) -> None:
    refusal(altered_pack(PACK, files={path: None}))


@pytest.mark.parametrize("path", ["asnad/notices.json", LIST, "asnad/keys.json", "asnad/manifest.json"])
def test_files_of_two_versions_are_refused(path: str) -> None:
    newer = small_files(
        replace(KEYS, version=4), replace(STATUS_LIST, valid_from=LISTED + DAY, valid_until=LISTED + 36 * DAY)
    )
    if newer[path] != small_files()[path]:
        refusal(altered_pack(PACK, files={path: newer[path]}))
    else:
        refusal(altered_pack(PACK, files={path: newer[path] + b" "}))


def test_a_file_that_the_manifest_does_not_name_is_refused() -> None:
    assert "expected only files that the manifest names, got asnad/frozen/key.bin" in refusal(
        altered_pack(PACK, files={"asnad/frozen/key.bin": bytes(32)})
    )


def test_what_a_pack_says_by_itself_must_be_what_is_signed() -> None:
    assert "expected the names" in refusal(altered_pack(PACK, names=["Ministry of Education"]))
    assert "expected the site" in refusal(altered_pack(PACK, site="https://elsewhere.example/"))
    assert "expected rootKeys" in refusal(altered_pack(PACK, rootKeys=[]))


def test_a_demonstration_needs_the_word_of_a_person() -> None:
    pack = small_pack(keys=replace(KEYS, demonstration=True))
    assert "got a demonstration" in refusal(pack)
    assert trusted(pack, replace(RECORD, demonstration=True)).published.keys.demonstration


def test_keys_that_everybody_has_are_refused() -> None:
    everybodys = decode_public_key(sorted(REFUSED_KEYS)[0])
    keys = replace(KEYS, keys=(*KEYS.keys, replace(issuer_key(STRANGER, Role.ISSUING), public_key=everybodys)))
    assert "published test vectors" in refusal(small_pack(keys=keys))


def test_a_list_that_has_run_out_is_no_reason_to_refuse_it() -> None:
    assert trusted().published.runs_out() == LISTED + 35 * DAY
    report = verify_document(
        canonical_json(signed(credential_document())), Trust((trusted().trust(),), ()), NOW + 90 * DAY
    )
    assert report.outcome is Outcome.VALID_STATUS_STALE


def test_the_site_publishes_what_verifiers_read_and_no_did_document() -> None:
    issuer = trusted()
    folder = f"trusted/{RECORD.slug()}/"
    assert set(issuer.site_files()) == {f"{folder}{path}" for path in published()} | {
        f"{folder}{dictionary_path(DICTIONARY)}"
    }


def test_the_folder_holds_pairs_and_nothing_else() -> None:
    files = {f"{RECORD.slug()}.json": trust_record_json(RECORD), f"{RECORD.slug()}.pack.json": PACK}
    (issuer,) = read_trusted_issuers(files, "keys/trust", OWN)
    assert issuer == trusted()
    for name, data in files.items():
        with pytest.raises(AsnadError, match="expected only pairs"):
            read_trusted_issuers({name: data}, "keys/trust", OWN)
    for stray in ("notes.txt", "x.json", "x.pack.json", ".json", ".pack.json", "sub/x.json"):
        with pytest.raises(AsnadError):
            read_trusted_issuers(files | {stray: b"{}"}, "keys/trust", OWN)


def test_a_centre_is_no_other_issuer_to_itself() -> None:
    files = {f"{RECORD.slug()}.json": trust_record_json(RECORD), f"{RECORD.slug()}.pack.json": PACK}
    with pytest.raises(AsnadError, match="got this centre's own did"):
        read_trusted_issuers(files, "keys/trust", DID)


def test_a_pack_is_checked_by_the_keys_that_are_given_and_not_by_those_it_claims() -> None:
    pack = read_pack(PACK)
    assert check_pack(pack, (ROOT.public_key,)).keys == KEYS
    with pytest.raises(InvalidError):
        check_pack(pack, (STRANGER.public_key,))
