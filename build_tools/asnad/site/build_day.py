"""The day for which a site is built."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from asnad.catalogue.centre import Centre
from asnad.errors import PublicationError


def build_day(written: object, environment: Mapping[str, str], now: datetime, centre: Centre) -> date:
    """
    Choose the day for which a site is built.

    Args:
        written: The option ``build_date``: a day, a text such as ``2026-11-22``, or nothing.

        environment: Where SOURCE_DATE_EPOCH may stand (reproducible-builds.org).

        now: The time, used where neither of them says anything.

        centre: Whose day it is.

    Raises:
        PublicationError: What is written is no day.

    """
    try:
        if isinstance(written, date):
            return written
        if written is not None:
            return date.fromisoformat(str(written))
        epoch = environment.get("SOURCE_DATE_EPOCH")
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else now
        return moment.astimezone(ZoneInfo(centre.time_zone)).date()
    except (ValueError, OverflowError, OSError) as error:
        raise PublicationError(
            f"expected a day such as 2026-11-22 as build_date, or seconds as SOURCE_DATE_EPOCH: {error}",
            place="mkdocs.yml",
        ) from error
