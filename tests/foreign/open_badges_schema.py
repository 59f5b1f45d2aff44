"""Validate a credential against the JSON Schema of 1EdTech, where a copy lies beside the repository."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft201909Validator

SCHEMA = Path(__file__).parents[3] / "shared" / "corpora" / "ob30-schema" / "achievementcredential.json"


def schema_errors(credential: bytes) -> tuple[str, ...]:
    """
    List what the 1EdTech schema for AchievementCredential holds against a credential.

    Args:
        credential: the credential file.

    Returns:
        A line for each error: the place, and what is wrong there.

    Raises:
        FileNotFoundError: no copy of the schema lies beside the repository; it may not be part of it.

    """
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    errors = Draft201909Validator(schema).iter_errors(json.loads(credential))
    return tuple(f"{error.json_path}: {error.message}" for error in errors)
