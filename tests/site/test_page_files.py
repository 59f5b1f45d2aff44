"""What lies among a centre's pages is published, so it is looked at first."""

from __future__ import annotations

import pytest

from asnad.errors import PublicationError
from asnad.site.page_files import check_page_file


@pytest.mark.parametrize("path", ["index.md", "about.ur.md", "img/hall.JPG", "plan.pdf"])
def test_pages_and_what_they_show_pass(path: str) -> None:
    check_page_file(path, b"# Chenab")


@pytest.mark.parametrize("path", ["register.csv", "register.xlsx", "key.json", "notes", "a.md.bak"])
def test_anything_else_is_refused_by_name(path: str) -> None:
    with pytest.raises(PublicationError, match="expected a page or a picture") as caught:
        check_page_file(path, b"")
    assert caught.value.place == f"catalogue/pages/{path}"
    assert "published" in str(caught.value.hint)


@pytest.mark.parametrize(
    "content", [b'{"ciphertext":"AA","type":"Asnad' + b'PrivateKey"}', b"-----BEGIN " + b"PRIVATE KEY-----"]
)
def test_a_page_that_holds_a_private_key_is_refused(content: bytes) -> None:
    with pytest.raises(PublicationError, match=r"expected nothing secret, found a (private key|key file)"):
        check_page_file("index.md", b"text " + content)
