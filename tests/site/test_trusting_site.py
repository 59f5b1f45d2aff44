"""A site carries the files of the issuers that its centre trusts, and each is believed only about its own."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest

from asnad.carriers import payload
from asnad.carriers.received import verify_digits
from asnad.cli.archive import made_archive, trust_of_archive, write_archive
from asnad.cli.gate import site_findings
from asnad.cli.verify import trust_of
from asnad.credentials.contexts import load_contexts
from asnad.desk.ledger import Issued
from asnad.desk.root_rotation import rotate_root
from asnad.desk.trust_list import Offer, remove_issuer, renew_issuer, renewal
from asnad.desk.withdrawing import WithdrawalReason, revoke
from asnad.errors import AsnadError, IssuingError
from asnad.files import write_files
from asnad.issuers.did_web import did_document_path
from asnad.issuers.keys_file import Role
from asnad.issuers.pack import read_pack
from asnad.proofs.canonical_json import canonical_json
from asnad.proofs.eddsa_jcs_2022 import create_proof
from asnad.proofs.multikey import encode_public_key
from asnad.proofs.proof import ProofOptions, without
from asnad.proofs.strict_json import parse_object
from asnad.site.deployment import deployment_order
from asnad.site.verifier_page import READ_BY_VERIFIER
from asnad.verification.outcome import Outcome
from asnad.verification.trust import IssuerTrust, Trust
from asnad.verification.verify import verify_document
from example_centre import CHEAP, ExampleCentre
from trusting_centre import OTHER, OTHER_NAME, OWN, SINCE, TrustingCentre, offer_of, published_files


@pytest.fixture(scope="module")
def site(trusting: TrustingCentre) -> dict[str, bytes]:
    return trusting.site()


def certificate(centre: ExampleCentre) -> bytes:
    return next(iter(centre.credentials().values()))


def own_trust(centre: ExampleCentre) -> Trust:
    return trust_of(centre.folder)


def test_a_pack_is_all_that_another_verifier_needs(trusting: TrustingCentre) -> None:
    data = published_files(trusting.other, trusting.at)["asnad/pack.json"]
    assert data == published_files(trusting.other, trusting.at)["asnad/pack.json"] == canonical_json(json.loads(data))
    pack = read_pack(data)
    public = trusting.other.folder.public_files()
    did = trusting.other.catalogue.centre.did
    needed = {path for path in public if READ_BY_VERIFIER.fullmatch(path)} | {did_document_path(did)}
    assert pack.files == {path: public[path] for path in needed}
    assert (pack.did, pack.site, pack.names) == (did, f"https://{OTHER}/", (OTHER_NAME,))
    issuer = IssuerTrust(did=pack.did, root_keys=pack.root_keys, files=pack.files)
    dictionaries = tuple(content for path, content in pack.files.items() if path.startswith("d/"))
    report = verify_document(certificate(trusting.other), Trust((issuer,), dictionaries), trusting.at)
    assert report.outcome is Outcome.VALID


def test_the_site_has_the_files_of_the_other_as_the_other_has_them(
    trusting: TrustingCentre, site: dict[str, bytes]
) -> None:
    folder = trusting.trusted.folder
    found = {path.removeprefix(folder): data for path, data in site.items() if path.startswith("trusted/")}
    public = trusting.other.folder.public_files()
    assert found == {path: public[path] for path in public if READ_BY_VERIFIER.fullmatch(path)}
    assert all(READ_BY_VERIFIER.fullmatch(folder + path) for path in found)


def test_trust_json_names_the_centre_first_and_then_whom_it_trusts(
    trusting: TrustingCentre, site: dict[str, bytes]
) -> None:
    document = json.loads(site["asnad/trust.json"])
    own, other = document["issuers"]
    assert (document["type"], document["format"], own["did"]) == ("AsnadTrust", 1, f"did:web:{OWN}")
    (root,) = trusting.other.folder.root_keys(f"did:web:{OTHER}")
    assert other == {
        "did": f"did:web:{OTHER}",
        "rootKeys": [encode_public_key(root)],
        "names": [OTHER_NAME],
        "source": f"https://{OTHER}/asnad/pack.json",
        "added": SINCE.isoformat(),
    }


@pytest.mark.parametrize("page", ["v/index.html", "c/index.html", "verifier.html"])
def test_each_page_pins_the_centre_first_and_then_the_other(
    trusting: TrustingCentre, site: dict[str, bytes], page: str
) -> None:
    block = re.search(r'id="asnad-issuers">(.*?)</script>', site[page].decode())
    assert block is not None
    own, other = json.loads(block[1])
    assert (own["did"], own["base"], "added" in own) == (f"did:web:{OWN}", "../", False)
    assert (other["did"], other["base"]) == (f"did:web:{OTHER}", f"../{trusting.trusted.folder}")
    assert (other["names"], other["added"]) == ([OTHER_NAME], SINCE.isoformat())


def test_the_page_in_one_file_holds_the_files_of_both(trusting: TrustingCentre, site: dict[str, bytes]) -> None:
    block = re.search(r'id="asnad-held"[^>]*>(.*?)</script>', site["verifier.html"].decode(), re.DOTALL)
    assert block is not None
    held = {path: base64.b64decode(content) for path, content in json.loads(block[1]).items()}
    assert held == {f"../{path}": data for path, data in site.items() if READ_BY_VERIFIER.fullmatch(path)}
    assert f"../{trusting.trusted.folder}asnad/keys.json" in held


def test_both_centres_certificates_are_good_by_file_and_by_code(trusting: TrustingCentre) -> None:
    trust = own_trust(trusting.centre)
    for centre in (trusting.centre, trusting.other):
        for name, data in centre.credentials().items():
            code, link = centre.digits()[name]
            reports = [verify_document(data, trust, trusting.at)]
            reports += [verify_digits(digits, trust, trusting.at) for digits in (code, link)]
            assert [report.outcome for report in reports] == [Outcome.VALID] * 3
            assert all(r.keys is not None and r.keys.issuer == centre.catalogue.centre.did for r in reports)


def test_the_other_does_not_know_the_centre_that_trusts_it(trusting: TrustingCentre) -> None:
    report = verify_document(certificate(trusting.centre), own_trust(trusting.other), trusting.at)
    assert report.outcome is Outcome.UNKNOWN_ISSUER


def test_one_trusted_issuer_cannot_sign_for_another(trusting: TrustingCentre) -> None:
    """Each signs a document that names the other, by its own key, under its own key's id and under the other's."""
    trust = own_trust(trusting.centre)
    for signing, named in ((trusting.centre, trusting.other), (trusting.other, trusting.centre)):
        work = signing.workplace(trusting.at)
        signer = work.signer(work.record(), Role.ISSUING)
        document = without(parse_object(certificate(named), limit=65_536), "proof")
        there = parse_object(certificate(named), limit=65_536)["proof"]
        assert isinstance(there, list)
        proof = there[1]
        assert isinstance(proof, dict)
        for key_id in (signer.key_id, str(proof["verificationMethod"])):
            options = ProofOptions(created=str(proof["created"]), verification_method=key_id)
            forged = document | {"proof": [create_proof(document, options, signer)]}
            report = verify_document(canonical_json(forged), trust, trusting.at)
            assert report.outcome is Outcome.INVALID, (key_id, report)
            assert report.credential is None


def test_one_issuers_lists_say_nothing_of_another(trusting: TrustingCentre) -> None:
    """The other's lists and manifest in the place of the centre's, and the other way round, are as good as none."""
    own, other = own_trust(trusting.centre).issuers
    for mine, theirs in ((own, other), (other, own)):
        for path in ("status/1.json", "asnad/manifest.json", "asnad/notices.json"):
            mixed = IssuerTrust(did=mine.did, root_keys=mine.root_keys, files={**mine.files, path: theirs.files[path]})
            centre = trusting.centre if mine is own else trusting.other
            report = verify_document(certificate(centre), Trust((mixed,), ()), trusting.at)
            assert report.outcome is Outcome.VALID_STATUS_UNKNOWN, (path, report)


def test_two_dictionaries_of_one_name_do_not_stand_in_each_others_way(
    trusting: TrustingCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust = own_trust(trusting.centre)
    assert len(set(trust.dictionaries)) == 2
    # Four bytes can be the same by chance or by intent; here every dictionary has the name that is asked for.
    for centre in (trusting.centre, trusting.other):
        for code, _ in centre.digits().values():
            prefix = payload.decode_payload(code).prefix
            monkeypatch.setattr(payload, "dictionary_prefix", lambda _, prefix=prefix: prefix)
            for order in (trust.dictionaries, trust.dictionaries[::-1]):
                report = verify_digits(code, Trust(trust.issuers, order), trusting.at)
                assert report.outcome is Outcome.VALID
                assert report.keys is not None
                assert report.keys.issuer == centre.catalogue.centre.did
            monkeypatch.undo()


def test_a_pack_whose_list_was_altered_is_not_published(trusting: TrustingCentre, tmp_path: Path) -> None:
    changed = trusting.copy(tmp_path)
    path = changed.centre.folder.root / changed.trusted.record.pack_path()
    document = json.loads(path.read_bytes())
    document["files"]["asnad/notices.json"] = base64.b64encode(b"{}").decode()
    path.write_bytes(json.dumps(document).encode())
    with pytest.raises(AsnadError, match=r"keys/trust/other-example-[0-9a-f]{8}\.pack\.json: pack\.json: "):
        changed.site()


def test_what_the_other_withdraws_is_withdrawn_here_after_a_refresh(trusting: TrustingCentre, tmp_path: Path) -> None:
    changed = trusting.copy(tmp_path)
    later = changed.at + 120
    event = next(event for event in changed.other.workplace(later).ledger() if isinstance(event, Issued))
    revoke(changed.other.workplace(later), event.serial, WithdrawalReason.ISSUED_IN_ERROR, "")
    data = changed.other.credentials()[event.id.removeprefix("urn:uuid:")]
    assert verify_document(data, own_trust(changed.centre), later + 60).outcome is Outcome.VALID
    change = renewal(changed.trusted, offer_of(changed.other, later + 60))
    renew_issuer(changed.centre.folder, change, pin_new_root=False)
    assert verify_document(data, own_trust(changed.centre), later + 60).outcome is Outcome.REVOKED
    before = trusting.trusted
    older = Offer(source="pack.json", data=b"", pack=before.pack, published=before.published)
    with pytest.raises(IssuingError, match="a version above"):
        renewal(changed.trusted, older)


def test_the_other_changes_its_root_key_and_stays_trusted(trusting: TrustingCentre, tmp_path: Path) -> None:
    changed = trusting.copy(tmp_path)
    later = changed.at + 120
    rotate_root(changed.other.workplace(later), cost=CHEAP)
    change = renewal(changed.trusted, offer_of(changed.other, later + 60))
    assert (change.new_root is not None, change.needs_new_root) == (True, False)
    for pin in (False, True):
        renew_issuer(changed.centre.folder, change, pin_new_root=pin)
        assert len(changed.trusted.record.root_keys) == 1
        assert (encode_public_key(changed.trusted.record.root_keys[0]) == change.new_root) is pin
        report = verify_document(certificate(changed.other), own_trust(changed.centre), later + 60)
        assert report.outcome is Outcome.VALID
        change = renewal(changed.trusted, change.offer)


def test_the_gate_lets_the_contact_of_a_trusted_issuer_pass(
    trusting: TrustingCentre, site: dict[str, bytes], tmp_path: Path
) -> None:
    built, none = tmp_path / "site", tmp_path / "none"
    built.mkdir()
    write_files(built, site)
    centre = trusting.centre
    found = site_findings(centre.folder, centre.catalogue, built, name="site", former=none)
    assert found == ()
    removed = trusting.copy(tmp_path / "copy").centre
    remove_issuer(removed.folder, f"did:web:{OTHER}")
    found = site_findings(removed.folder, centre.catalogue, built, name="site", former=none)
    assert any("phone" in str(finding) and "trusted/" in str(finding) for finding in found)


def test_signed_files_of_trusted_issuers_are_deployed_with_the_centres_own(site: dict[str, bytes]) -> None:
    order = deployment_order(tuple(site), f"did:web:{OWN}")
    trusted = [path for path in order.signed if path.startswith("trusted/")]
    assert trusted
    assert not any(path.startswith("trusted/") for path in order.early)
    assert trusted[-1].endswith("asnad/manifest.json")
    assert order.signed[-1] == "asnad/manifest.json"


def test_an_archive_keeps_whom_the_centre_trusted(trusting: TrustingCentre, tmp_path: Path) -> None:
    files = made_archive(trusting.centre.folder, trusting.at)
    record = trusting.trusted.record
    assert {record.path(), record.pack_path()} <= files.keys()
    write_archive(files, tmp_path / "kept")
    trust = trust_of_archive(tmp_path / "kept")
    for centre in (trusting.centre, trusting.other):
        assert verify_document(certificate(centre), trust, trusting.at, load_contexts()).outcome is Outcome.VALID
