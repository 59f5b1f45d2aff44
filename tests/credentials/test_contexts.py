"""The contexts inside the package are the ones that were pinned, and no others."""

from __future__ import annotations

import pytest

from asnad.credentials.contexts import CONTEXTS, load_contexts, parse_pinned
from asnad.errors import FileError


def test_exactly_the_two_contexts_of_the_format_are_there() -> None:
    contexts = load_contexts()
    assert set(contexts) == {
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    }
    assert "VerifiableCredential" in contexts["https://www.w3.org/ns/credentials/v2"]["@context"]
    assert "Achievement" in contexts["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]["@context"]


def test_the_open_badges_context_has_no_terms_that_came_later() -> None:
    text = str(load_contexts()["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"])
    assert "awardedDate" in text
    assert "endorsementJwt" not in text
    assert "jti" not in text


def test_other_bytes_are_refused() -> None:
    name, expected = CONTEXTS["https://www.w3.org/ns/credentials/v2"]
    with pytest.raises(FileError, match=rf"^{name}: expected SHA-256 {expected}, got "):
        parse_pinned(b'{"@context":{}}', expected, name)
