"""What a certificate may say (docs/format.md §2)."""

from __future__ import annotations

from typing import Any

import pytest

from asnad.credentials.profile import check_profile, profile_table
from asnad.errors import InvalidError
from asnad.proofs.strict_json import JSONObject
from small_issuer import SITE, credential_document, signed

SIGNED = signed(credential_document())
SITES = (SITE,)

OPTIONAL = [
    "/validUntil",
    "/issuer/url",
    "/issuer/phone",
    "/issuer/email",
    "/issuer/official",
    "/issuer/address",
    "/issuer/parentOrg",
    "/issuer/address/addressCountry",
    "/issuer/address/addressCountryCode",
    "/issuer/address/addressRegion",
    "/issuer/address/addressLocality",
    "/issuer/address/streetAddress",
    "/issuer/address/postalCode",
    "/credentialSubject/name",
    "/credentialSubject/term",
    "/credentialSubject/narrative",
    "/credentialSubject/activityStartDate",
    "/credentialSubject/activityEndDate",
    "/credentialSubject/creditsEarned",
    "/credentialSubject/result",
    "/credentialSubject/result/0/value",
    "/credentialSubject/result/1/status",
    "/credentialSubject/achievement/humanCode",
    "/credentialSubject/achievement/creditsAvailable",
    "/credentialSubject/achievement/fieldOfStudy",
    "/credentialSubject/achievement/resultDescription",
    "/credentialSubject/achievement/resultDescription/0/valueMin",
    "/credentialSubject/achievement/resultDescription/1/allowedValue",
    "/credentialSubject/achievement/alignment",
    "/credentialSubject/achievement/alignment/0/targetCode",
    "/credentialSubject/achievement/tag",
    "/credentialSubject/achievement/criteria/id",
    "/evidence",
    "/evidence/0/description",
    "/proof/1/@context",
]
REQUIRED = [
    "/@context",
    "/id",
    "/type",
    "/name",
    "/issuer",
    "/validFrom",
    "/awardedDate",
    "/credentialSubject",
    "/credentialStatus",
    "/proof",
    "/issuer/id",
    "/issuer/type",
    "/issuer/name",
    "/issuer/address/type",
    "/issuer/parentOrg/id",
    "/credentialSubject/type",
    "/credentialSubject/identifier",
    "/credentialSubject/licenseNumber",
    "/credentialSubject/achievement",
    "/credentialSubject/identifier/0/type",
    "/credentialSubject/identifier/0/hashed",
    "/credentialSubject/identifier/0/identityHash",
    "/credentialSubject/result/0/resultDescription",
    "/credentialSubject/achievement/id",
    "/credentialSubject/achievement/achievementType",
    "/credentialSubject/achievement/name",
    "/credentialSubject/achievement/description",
    "/credentialSubject/achievement/inLanguage",
    "/credentialSubject/achievement/version",
    "/credentialSubject/achievement/criteria",
    "/credentialSubject/achievement/criteria/narrative",
    "/credentialSubject/achievement/resultDescription/0/resultType",
    "/credentialSubject/achievement/alignment/0/targetUrl",
    "/evidence/0/genre",
    "/credentialStatus/id",
    "/credentialStatus/type",
    "/credentialStatus/statusPurpose",
    "/credentialStatus/statusListIndex",
    "/credentialStatus/statusListCredential",
    "/proof/0/proofValue",
]
LIST = "https://small.example/status/1.json"
TAKEN: list[tuple[str, Any]] = [
    ("/name", "a"),
    ("/name", "ا" * 1000),
    ("/name", "\U0001f602" * 1000),
    ("/name", "</script><b>"),
    ("/name", "zero\u200cwidth"),
    ("/credentialSubject/narrative", "two\nlines"),
    ("/credentialSubject/achievement/description", "a" * 20_000),
    ("/issuer/id", "did:a"),
    ("/issuer/url", "http://a"),
    ("/issuer/url", "https://" + "a" * 1992),
    ("/id", "urn:uuid:00000000-0000-4000-8000-000000000000"),
    ("/id", "urn:uuid:ffffffff-ffff-4fff-bfff-ffffffffffff"),
    ("/validFrom", "2024-02-29T23:59:59Z"),
    ("/awardedDate", "2024-02-29T00:00:00Z"),
    ("/credentialSubject/creditsEarned", 0),
    ("/credentialSubject/creditsEarned", 2.25),
    ("/credentialSubject/achievement/achievementType", "Diploma"),
    ("/credentialSubject/achievement/achievementType", "ext:Recognition"),
    ("/credentialSubject/result/0/status", "Failed"),
    ("/credentialSubject/identifier/1/identityType", "ext:NationalIdLastDigits"),
    ("/credentialSubject/identifier/1/hashed", True),
]
REFUSED: list[tuple[str, Any]] = [
    ("/name", ""),
    ("/name", "a\nb"),
    ("/name", "a" * 1001),
    ("/name", "\U0001f602" * 1001),
    ("/name", 1),
    ("/name", None),
    ("/name", ["a"]),
    ("/name", {"en": "a"}),
    *(("/name", f"a{letter}b") for letter in "\x00\t\r\x1f\x7f\x80\x85\x9f\u061c\u200e\u200f\u202a\u202e\u2066\u2069"),
    ("/credentialSubject/achievement/description", ""),
    ("/credentialSubject/achievement/description", "a" * 20_001),
    ("/credentialSubject/achievement/description", "a\u202eb"),
    ("/issuer/url", "https://"),
    ("/issuer/url", "HTTPS://a"),
    ("/issuer/url", "ftp://a"),
    ("/issuer/url", "javascript:alert(1)"),
    ("/issuer/url", "//a"),
    ("/issuer/url", " https://a"),
    ("/issuer/url", "https://a b"),
    ("/issuer/url", "https://a\u00a0b"),
    ("/issuer/url", "https://a\u3000b"),
    ("/issuer/url", "https://a\n"),
    ("/issuer/url", "https://" + "a" * 1993),
    ("/id", "urn:uuid:00000000-0000-1000-8000-000000000000"),
    ("/id", "urn:uuid:00000000-0000-4000-c000-000000000000"),
    ("/id", "urn:uuid:A0000000-0000-4000-8000-000000000000"),
    ("/id", "00000000-0000-4000-8000-000000000000"),
    ("/id", "https://a.example"),
    ("/validFrom", "2026-06-01"),
    ("/validFrom", "2026-02-29T00:00:00Z"),
    ("/validFrom", "2026-06-01T24:00:00Z"),
    ("/validFrom", "2026-06-01T12:00:00+05:00"),
    ("/validUntil", None),
    ("/awardedDate", "2026-06-01T00:00:01Z"),
    ("/awardedDate", "2026-06-31T00:00:00Z"),
    ("/credentialSubject/creditsEarned", "3"),
    ("/credentialSubject/creditsEarned", True),
    ("/credentialSubject/achievement/achievementType", "Degree"),
    ("/credentialSubject/achievement/achievementType", "MicroCredential|Diploma"),
    ("/credentialSubject/achievement/achievementType", ""),
    ("/credentialSubject/result", []),
    ("/credentialSubject/result", {}),
    ("/credentialSubject/result/0/status", "Withheld"),
    ("/credentialSubject/identifier", []),
    ("/credentialSubject/identifier/0/identityType", "ext:NativeName"),
    ("/credentialSubject/identifier/0/hashed", True),
    ("/credentialSubject/identifier/0/hashed", 0),
    ("/credentialSubject/identifier/0/identityHash", "Another Name"),
    ("/credentialSubject/identifier/1/identityType", "passport"),
    ("/credentialSubject/name", "Another Name"),
    ("/credentialSubject/achievement/tag", []),
    ("/credentialSubject/achievement/tag", ["a", ""]),
    ("/evidence", []),
    ("/evidence/0/genre", "Photograph"),
    ("/type", ["OpenBadgeCredential", "VerifiableCredential"]),
    ("/type", ["VerifiableCredential", "AchievementCredential"]),
    ("/type", "OpenBadgeCredential"),
    ("/@context", ["https://www.w3.org/ns/credentials/v2"]),
    ("/credentialStatus", []),
    ("/credentialStatus/statusPurpose", "suspension"),
    ("/credentialStatus/type", "StatusList2021Entry"),
    ("/credentialStatus/id", f"{LIST}#1"),
    ("/credentialStatus/id", LIST),
    ("/credentialStatus/statusListIndex", 94567),
    ("/credentialStatus/statusListIndex", "094567"),
    ("/credentialStatus/statusListIndex", "-1"),
    ("/credentialStatus/statusListCredential", "https://other.example/status/1.json"),
    ("/proof", []),
    ("/proof/0/cryptosuite", "ecdsa-rdfc-2019"),
    ("/proof/0/type", "Ed25519Signature2020"),
    ("/proof/0/created", "yesterday"),
]


def parts(pointer: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in pointer[1:].split("/")]


def changed(pointer: str, value: Any, document: Any = SIGNED) -> Any:
    """Say something else at a place; `...` takes the member away."""
    first, *rest = parts(pointer) if isinstance(pointer, str) else pointer
    copy = document.copy()
    if rest:
        copy[first] = changed(rest, value, document[first])  # type: ignore[arg-type]
    elif value is ...:
        del copy[first]
    else:
        copy[first] = value
    return copy


def refused_at(document: JSONObject, sites: tuple[str, ...] = SITES) -> str | None:
    with pytest.raises(InvalidError) as refused:
        check_profile(document, sites)
    assert refused.value.reason == "content"
    return refused.value.place


def test_a_certificate_with_every_member_is_taken() -> None:
    check_profile(SIGNED, SITES)


@pytest.mark.parametrize("pointer", OPTIONAL)
def test_an_optional_member_may_be_missing(pointer: str) -> None:
    check_profile(changed(pointer, ...), SITES)


@pytest.mark.parametrize("pointer", REQUIRED)
def test_a_required_member_may_not_be_missing(pointer: str) -> None:
    assert refused_at(changed(pointer, ...)) == pointer


@pytest.mark.parametrize(("pointer", "value"), TAKEN, ids=[str(number) for number in range(len(TAKEN))])
def test_values_within_the_rules_are_taken(pointer: str, value: Any) -> None:
    check_profile(changed(pointer, value), SITES)


@pytest.mark.parametrize(("pointer", "value"), REFUSED, ids=[str(number) for number in range(len(REFUSED))])
def test_values_outside_of_the_rules_are_refused(pointer: str, value: Any) -> None:
    refused_at(changed(pointer, value))


@pytest.mark.parametrize(
    "pointer",
    [
        "/endorsement",
        "/refreshService",
        "/termsOfUse",
        "/description",
        "/__proto__",
        "/constructor",
        "/issuer/image",
        "/issuer/@context",
        "/issuer/address/geo",
        "/issuer/parentOrg/added",
        "/credentialSubject/id",
        "/credentialSubject/image",
        "/credentialSubject/identifier/0/salt",
        "/credentialSubject/result/0/achievedLevel",
        "/credentialSubject/achievement/creator",
        "/credentialSubject/achievement/image",
        "/credentialSubject/achievement/criteria/type",
        "/credentialSubject/achievement/alignment/0/id",
        "/evidence/0/id",
        "/credentialStatus/statusSize",
        "/proof/0/domain",
        "/proof/1/expires",
    ],
)
def test_a_member_that_is_not_in_the_profile_is_refused(pointer: str) -> None:
    assert refused_at(changed(pointer, "a")) == pointer


def with_list(address: str, index: str = "7") -> JSONObject:
    entry = SIGNED["credentialStatus"]
    assert isinstance(entry, dict)
    return SIGNED | {
        "credentialStatus": entry
        | {"statusListCredential": address, "statusListIndex": index, "id": f"{address}#{index}"}
    }


@pytest.mark.parametrize("number", ["1", "2", "999999999"])
def test_a_list_of_any_site_of_the_issuer_is_taken(number: str) -> None:
    sites = ("https://a.example/", "https://b.example/path/")
    for site in sites:
        check_profile(with_list(f"{site}status/{number}.json"), sites)


@pytest.mark.parametrize(
    "address",
    [
        "https://small.example/status/0.json",
        "https://small.example/status/01.json",
        "https://small.example/status/1234567890.json",
        "https://small.example/status/1.json?a",
        "https://small.example/status/1",
        "https://small.example/status/a.json",
        "https://small.example/status/../1.json",
        "https://small.example/x/status/1.json",
        "https://small.example.evil/status/1.json",
        "https://small.exampl/status/1.json",
        "http://small.example/status/1.json",
    ],
)
def test_another_list_is_refused(address: str) -> None:
    check_profile(with_list(f"{SITE}status/1.json"), SITES)
    assert refused_at(with_list(address)) == "/credentialStatus/statusListCredential"


@pytest.mark.parametrize("index", ["0", "131071", "9999999999", "9" * 1964])
def test_an_index_has_no_limit_but_that_of_the_address_that_ends_with_it(index: str) -> None:
    assert len(f"{LIST}#") + 1964 == 2000
    check_profile(with_list(LIST, index), SITES)
    assert refused_at(with_list(LIST, "9" * 1965)) == "/credentialStatus/id"


def test_every_rule_of_the_table_is_one_of_the_specification() -> None:
    table = profile_table()
    known = {"line", "text", "url", "day", "instant", "uuid", "index", "number", "boolean", *table}
    for members in table.values():
        for rule in members.values():
            kind = rule.removesuffix("!").removesuffix("*")
            assert kind in known or kind.startswith("=") or "|" in kind, rule
