"""In which order a site is put in place, what goes away, and which site is refused."""

from __future__ import annotations

import pytest

from asnad.errors import PublicationError
from asnad.site.deployment import (
    RECORD,
    deployment_order,
    record_of,
    refuse_other_record,
    refuse_other_trust,
    stale_paths,
)

PATHS = (
    ".nojekyll",
    ".well-known/did.json",
    "asnad/keys.json",
    "asnad/manifest.json",
    "asnad/notices.json",
    "assets/x.css",
    "d/00112233.bin",
    "did.json",
    "index.html",
    "status/1.json",
    "v/index.html",
    "v/verifier.js",
)


def test_the_manifest_is_the_very_last_and_the_signed_files_come_right_before_it() -> None:
    order = deployment_order(PATHS, "did:web:skills.example")
    assert order.signed == (
        ".well-known/did.json",
        "asnad/keys.json",
        "asnad/notices.json",
        "status/1.json",
        "asnad/manifest.json",
    )
    assert sorted(order.early + order.signed) == sorted(PATHS)


def test_a_project_path_has_its_did_document_elsewhere() -> None:
    order = deployment_order(PATHS, "did:web:user.github.io:skills")
    assert "did.json" in order.signed
    assert ".well-known/did.json" in order.early


def test_pages_come_after_what_they_ask_for() -> None:
    early = deployment_order(PATHS, "did:web:skills.example").early
    assert early == (
        ".nojekyll",
        "assets/x.css",
        "d/00112233.bin",
        "did.json",
        "v/verifier.js",
        "index.html",
        "v/index.html",
    )


def test_what_was_put_there_and_is_no_more_in_the_site_goes_and_nothing_else() -> None:
    record = record_of(["index.html", "c/ab/one.html", "old.html"])
    there = ["index.html", "c/ab/one.html", "old.html", "theirs.html", RECORD]
    assert stale_paths(there, record, ["index.html"]) == ("c/ab/one.html", "old.html")
    assert stale_paths(["index.html"], record, ["index.html"]) == ()


def test_the_record_names_no_page_of_a_learner() -> None:
    record = record_of(["c/ab/ab0c5f4e-1111-4222-8333-123456789abc.html"])
    assert b"ab0c5f4e" not in record
    assert b"c/ab" not in record


@pytest.mark.parametrize("record", [b"", b"\xff\xfe", b"index.html\n", b"\n"])
def test_a_record_that_is_none_is_refused(record: bytes) -> None:
    with pytest.raises(PublicationError, match="expected the record of an earlier deployment"):
        stale_paths([], record, [])


def test_a_site_with_other_signed_files_is_refused() -> None:
    public = {"asnad/manifest.json": b"2", "status/1.json": b"x"}
    refuse_other_record(dict(public), public)
    refuse_other_record({}, {})
    with pytest.raises(PublicationError, match="found another"):
        refuse_other_record(public | {"asnad/manifest.json": b"1"}, public)
    with pytest.raises(PublicationError, match="found none"):
        refuse_other_record({"asnad/manifest.json": b"2"}, public)


def test_a_site_that_was_built_before_the_list_of_trusted_issuers_was_changed_is_refused() -> None:
    listed = {"trusted/a-00000000/asnad/keys.json": b"1", "trusted/a-00000000/status/1.json": b"2"}
    refuse_other_trust(dict(listed), listed)
    refuse_other_trust({}, {})
    for site, trusted, said in (
        ({}, listed, "found none"),
        (listed, {}, "found one of an issuer that is not"),
        (listed | {"trusted/a-00000000/status/1.json": b"3"}, listed, "found another"),
        (listed, listed | {"trusted/b-00000000/asnad/keys.json": b"1"}, "found none"),
    ):
        with pytest.raises(PublicationError, match=said):
            refuse_other_trust(site, trusted)
