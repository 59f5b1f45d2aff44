"""What a page may load, run and link to."""

from __future__ import annotations

import pytest

from asnad.errors import PublicationError
from asnad.site.page_security import check_contents, link_target, page_contents, with_policy

PAGE = '<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def check(body: str) -> None:
    check_contents(page_contents(PAGE.format(head="", body=body)), place="about.md")


def test_an_inline_script_is_allowed_by_its_hash_and_nothing_else_is() -> None:
    html = PAGE.format(head="<script>alert(1)</script>", body='<script src="a.js"></script>')
    secured = with_policy(html, page_contents(html))
    # printf 'alert(1)' | openssl dgst -sha256 -binary | base64
    assert "script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';" in secured
    assert "unsafe" not in secured
    assert "default-src 'none'" in secured


def test_the_policy_stands_before_everything_that_it_governs() -> None:
    html = PAGE.format(head="<script>alert(1)</script>", body="")
    secured = with_policy(html, page_contents(html))
    assert secured.index("Content-Security-Policy") < secured.index("<script>")
    assert secured.startswith('<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')


def test_data_in_a_script_element_needs_no_hash() -> None:
    assert page_contents('<script type="application/json">{}</script>').scripts == ()


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://elsewhere.example/x.png">',
        '<img src="//elsewhere.example/x.png">',
        '<img srcset="https://elsewhere.example/x.png 2x">',
        '<script src="http://elsewhere.example/x.js"></script>',
        '<iframe src="https://elsewhere.example/"></iframe>',
        '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        '<link rel="preconnect" href="https://elsewhere.example/">',
        '<svg><use href="https://elsewhere.example/x.svg"/></svg>',
        '<video poster="https://elsewhere.example/x.png"></video>',
        '<form action="https://elsewhere.example/"></form>',
    ],
)
def test_a_page_that_would_load_from_elsewhere_is_refused(body: str) -> None:
    with pytest.raises(PublicationError, match=r"about\.md: .*only what lies on this site"):
        check(body)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="  JaVaScRiPt:alert(1)">x</a>',
        '<a href="java&#10;script:alert(1)">x</a>',
        '<p onclick="alert(1)">x</p>',
    ],
)
def test_a_script_in_a_link_or_an_attribute_is_refused(body: str) -> None:
    with pytest.raises(PublicationError, match=r"about\.md"):
        check(body)


def test_plain_links_and_files_of_the_site_are_fine() -> None:
    check(
        '<a href="https://elsewhere.example/">x</a><a href="mailto:a@b.example">x</a><a href="../courses/#food">x</a>'
        '<img src="../x.png"><img src="data:image/png;base64,AA=="><link rel="canonical" href="https://a.example/">'
    )


@pytest.mark.parametrize(
    "address",
    ["https://a.example/x?y=1#z", "mailto:desk@a.example", "tel:+9241000", "http://localhost:8000/v/"],
)
def test_addresses_of_the_catalogue_that_may_be_linked(address: str) -> None:
    assert link_target(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "//a.example/",
        "http://a.example/",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://a.example/",
        "https://a.example/ x",
        "data:text/html,x",
        "vbscript:x",
        "https://[",
    ],
)
def test_addresses_of_the_catalogue_that_may_not_be_linked(address: str) -> None:
    with pytest.raises(PublicationError):
        link_target(address)
