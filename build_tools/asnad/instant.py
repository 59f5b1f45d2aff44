"""Instants and days as this format writes them: ``YYYY-MM-DDTHH:MM:SSZ``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
TOLERANCE_SECONDS = 600
"""How far a device's clock may lag behind the issuer's."""


def parse_instant(text: object) -> int | None:
    """
    Read an instant.

    Args:
        text: What stands where an instant is expected.

    Returns:
        Seconds since 1970, or nothing where it is not an instant that exists.

    """
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return None
    try:
        return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z").timestamp())
    except ValueError:
        return None


def format_instant(seconds: int) -> str:
    """
    Write an instant.

    Args:
        seconds: Since 1970.

    """
    return _moment(seconds).isoformat(timespec="seconds").replace("+00:00", "Z")


def format_day(day: date) -> str:
    """
    Write a day as the instant at which Open Badges wants it.

    Args:
        day: A date without a time.

    """
    return f"{day.isoformat()}T00:00:00Z"


def end_of_day(day: date, time_zone: str) -> int:
    """
    Find the last second of a day at the centre.

    Args:
        day: Day at the centre.

        time_zone: IANA name.

    Returns:
        Seconds since 1970.

    """
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(time_zone))
    return int(midnight.timestamp()) - 1


def day_at(seconds: int, time_zone: str) -> date:
    """
    Tell which day it is at the centre.

    Args:
        seconds: Since 1970.

        time_zone: IANA name.

    """
    return _moment(seconds).astimezone(ZoneInfo(time_zone)).date()


def _moment(seconds: int) -> datetime:
    # Some systems know no moments before 1970 or after 3000; arithmetic does.
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
