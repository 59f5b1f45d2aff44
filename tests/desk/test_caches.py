"""What a cache may serve instead of today's files, and that nothing of it makes a withdrawn certificate good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from small_centre import RUN, trust, unfounded_centre, with_register

from asnad.desk.founding import found_issuer
from asnad.desk.issue_run import issue_run
from asnad.desk.withdrawing import WithdrawalReason, look_up, refresh, revoke
from asnad.verification.outcome import Outcome
from asnad.verification.report import Report
from asnad.verification.trust import SeenVersions, Trust
from asnad.verification.verify import verify_document
from example_centre import CHEAP, NOW, PASSPHRASE, ExampleCentre

DAY = 86_400
YEAR = 365 * DAY
GOOD, WITHDRAWN = "CSC-FT-HB-W/12/001", "CSC-FT-HB-W/12/002"
LIST = "status/1.json"


@dataclass(frozen=True, slots=True)
class Site:
    """A centre whose second certificate was withdrawn today, and what a cache may still have of it."""

    centre: ExampleCentre
    year_ago: Mapping[str, bytes]
    yesterday: Mapping[str, bytes]
    stranger: Mapping[str, bytes]

    def verdict(self, serial: str, served: Mapping[str, bytes], at: int = NOW) -> Report:
        held = trust(self.centre)
        issuer = replace(held.issuers[0], files={**held.issuers[0].files, **served})
        name = look_up(self.centre.workplace(), serial).issued.id.removeprefix("urn:uuid:")
        data = self.centre.credentials()[name]
        return verify_document(data, Trust((issuer,), held.dictionaries), at, self.centre.contexts)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    centre, stranger = (unfounded_centre(tmp_path_factory.mktemp(name)) for name in ("centre", "stranger"))
    for each, at in ((centre, NOW - YEAR), (stranger, NOW - DAY)):
        found_issuer(each.folder, each.catalogue.centre, each.store, PASSPHRASE, at, each.contexts, CHEAP)
    year_ago = centre.folder.public_files()
    with_register(centre)
    issue_run(centre.workplace(NOW - 2 * DAY), RUN, lambda _done, _of: None)
    refresh(centre.workplace(NOW - DAY))
    yesterday = centre.folder.public_files()
    revoke(centre.workplace(NOW - 60), WITHDRAWN, WithdrawalReason.MISCONDUCT, "")
    return Site(centre, year_ago, yesterday, stranger.folder.public_files())


def only_list(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {LIST: files[LIST]}


def test_todays_files_are_good_for_the_one_and_withdraw_the_other(site: Site) -> None:
    assert site.verdict(GOOD, {}).outcome is Outcome.DEMONSTRATION
    assert site.verdict(WITHDRAWN, {}).outcome is Outcome.REVOKED


@pytest.mark.parametrize(
    ("served", "good"),
    [
        ("yesterday's list", Outcome.VALID_STATUS_UNKNOWN),
        ("last year's list", Outcome.VALID_STATUS_UNKNOWN),
        ("another issuer's list", Outcome.VALID_STATUS_UNKNOWN),
        ("half a list", Outcome.VALID_STATUS_UNKNOWN),
        ("an empty file", Outcome.VALID_STATUS_UNKNOWN),
    ],
)
def test_a_list_that_is_not_todays_makes_nothing_green_and_a_notice_still_withdraws(
    site: Site, served: str, good: Outcome
) -> None:
    today = site.centre.folder.public_files()[LIST]
    lists = {
        "yesterday's list": only_list(site.yesterday),
        "last year's list": only_list(site.year_ago),
        "another issuer's list": only_list(site.stranger),
        "half a list": {LIST: today[: len(today) // 2]},
        "an empty file": {LIST: b""},
    }[served]
    assert site.verdict(GOOD, lists).outcome is good
    assert site.verdict(WITHDRAWN, lists).outcome is Outcome.REVOKED


def test_all_of_yesterdays_files_answer_as_of_yesterday_and_say_so(site: Site) -> None:
    report = site.verdict(WITHDRAWN, site.yesterday)
    assert report.outcome is Outcome.DEMONSTRATION
    assert report.as_of == NOW - DAY


def test_all_of_last_years_files_say_nothing_of_a_later_certificate(site: Site) -> None:
    assert site.verdict(GOOD, site.year_ago).outcome is Outcome.VALID_STATUS_UNKNOWN


def test_yesterdays_files_run_out(site: Site) -> None:
    assert site.verdict(GOOD, site.yesterday, NOW + 36 * DAY).outcome is Outcome.VALID_STATUS_STALE


def test_another_issuers_files_in_full_are_none_of_this_issuer(site: Site) -> None:
    assert site.verdict(GOOD, site.stranger).outcome is Outcome.CANNOT_CHECK


def test_yesterdays_files_are_refused_by_whoever_has_seen_todays(site: Site) -> None:
    held = trust(site.centre)
    seen = site.centre.workplace().record()
    issuer = replace(held.issuers[0], files=site.yesterday, seen=SeenVersions(seen.keys.version, seen.manifest.version))
    name = look_up(site.centre.workplace(), WITHDRAWN).issued.id.removeprefix("urn:uuid:")
    report = verify_document(
        site.centre.credentials()[name], Trust((issuer,), held.dictionaries), NOW, site.centre.contexts
    )
    assert report.outcome is Outcome.VALID_STATUS_UNKNOWN


def test_a_stranger_with_the_same_name_and_own_keys_is_not_believed(site: Site) -> None:
    keys = {"asnad/keys.json": site.stranger["asnad/keys.json"]}
    assert site.verdict(GOOD, keys).outcome is Outcome.CANNOT_CHECK
