"""What an issuer has published, read as one and checked against its keys (docs/format.md §5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from asnad.errors import InvalidError, IssuingError
from asnad.issuers.keys_file import KeysFile, verify_keys_file
from asnad.issuers.manifest import Manifest, verify_manifest
from asnad.issuers.notices import Notice, read_notices
from asnad.status.status_list import StatusList, verify_status_list

_LIST = re.compile(r"status/([1-9][0-9]{0,8})\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """What a centre has published so far, each part checked against its keys."""

    keys: KeysFile
    keys_json: bytes
    did_json: bytes
    manifest: Manifest
    notices: tuple[Notice, ...]
    lists: Mapping[int, StatusList]
    frozen: Mapping[str, bytes]
    """Frozen lists by path below the site."""

    def list_address(self, number: int) -> str:
        """
        Give the address of a status list.

        Args:
            number: From 1.

        """
        return f"{self.keys.sites[0]}status/{number}.json"

    def runs_out(self) -> int:
        """Give the moment from which its certificates show as not up to date, in seconds since 1970."""
        lists = (item.valid_until for item in self.lists.values())
        return min(self.manifest.expires, self.keys.valid_until, *lists)


def read_public_record(
    files: Mapping[str, bytes], did: str, did_path: str, root_keys: tuple[bytes, ...]
) -> PublicRecord:
    """
    Check what a centre has published.

    Args:
        files: By path below the site.

        did: Of the centre.

        did_path: Path of its did document.

        root_keys: Pinned.

    Raises:
        IssuingError: A file is missing or does not fit the keys.

    """
    try:
        keys = verify_keys_file(files["asnad/keys.json"], did, root_keys)
        manifest = verify_manifest(files["asnad/manifest.json"], keys)
        notices = read_notices(files["asnad/notices.json"], did)
        did_json = files[did_path]
        lists = {
            _list_number(path): verify_status_list(data, keys.sites[0] + path, keys)
            for path, data in files.items()
            if path.startswith("status/")
        }
    except KeyError as error:
        raise IssuingError(
            "expected this file, found none",
            place=f"credentials/public/{error.args[0]}",
            hint="restore credentials/public from Git, or hold the key ceremony first",
        ) from None
    except InvalidError as error:
        raise IssuingError(
            str(error), place="credentials/public", hint="restore credentials/public and keys from Git"
        ) from None
    frozen = {path: data for path, data in files.items() if path.startswith("asnad/frozen/")}
    return PublicRecord(
        keys=keys,
        keys_json=files["asnad/keys.json"],
        did_json=did_json,
        manifest=manifest,
        notices=notices,
        lists=lists,
        frozen=frozen,
    )


def _list_number(path: str) -> int:
    found = _LIST.fullmatch(path)
    if not found:
        raise IssuingError(
            "expected only status lists in this folder, found something else",
            place=f"credentials/public/{path}",
            hint="take it out of the folder",
        )
    return int(found.group(1))
