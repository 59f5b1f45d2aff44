"""No page claims what only a check can say, and honest sentences about checking are left alone."""

from __future__ import annotations

import pytest

from asnad.gate.verdict_claims import says_nothing_of_validity, verdict_claims


def claims(text: str, *, certificate: bool = True) -> list[str]:
    return [found.found for found in verdict_claims("c/x.html", text.encode(), certificate=certificate)]


@pytest.mark.parametrize(
    "text",
    [
        "<p>Verified</p>",
        "<b>✓ VERIFIED</b>",
        "<span>Valid</span>",
        "<p>This certificate is valid.</p>",
        "<p>This certificate has been verified and authenticated</p>",
        "<h1>Verified credential</h1>",
        "<title>Genuine certificate – Chenab</title>",
        '<img alt="Verified certificate" src="x.png">',
        '<img alt="" src="../img/verified-badge.png">',
        "<svg><text>Verified</text></svg>",
        '<div class="x" data-outcome="valid">',
        "<p>The certificate is <b>valid</b>.</p>",
        '<meta property="og:title" content="Verified certificate">',
        "<p>تصدیق شدہ</p>",
        "<p>یہ سند درست ہے۔</p>",
        "<p>✅ یہ سند تصدیق شدہ ہے</p>",
        "<p>اصلی سند</p>",
        '<img alt="تصدیق شدہ سند">',
        "<p>Geldig</p>",
        "<p>✓ GEVERIFIEERD</p>",
        "<p>Dit certificaat is geldig.</p>",
        "<p>Dit is een echt diploma.</p>",
        "<title>Geldig bewijs – Chenab</title>",
        "<p>De handtekening is geverifieerd en authentiek</p>",
        "<p>Uw microcredential is met succes gevalideerd!</p>",
        '<img alt="Authentiek document" src="x.png">',
        "<p>Жарамды</p>",
        "<b>✓ РАСТАЛҒАН</b>",
        "<p>Бұл сертификат жарамды.</p>",
        "<p>Осы диплом түпнұсқа болып табылады.</p>",
        "<title>Расталған микробіліктілік – Chenab</title>",
        "<p>Сертификаттың түпнұсқалығы расталды</p>",
        "<p>Құжат пен қолтаңба: қолтаңба жарамды</p>",
        '<img alt="Түпнұсқа куәлік">',
    ],
)
def test_a_claim_is_found(text: str) -> None:
    assert claims(f"<body>\n{text}\n</body>") != []


@pytest.mark.parametrize(
    "text",
    [
        "<p>This page does not say whether the certificate is genuine: anyone can make a page. Check it.</p>",
        "<p>You are here. Anyone can make a page that says “valid”. Is this the centre’s own address?</p>",
        "<p>This certificate is valid until 30 June 2028.</p>",
        "<dt>Valid until</dt>",
        "<p>Checks that a licence is valid before the food is sold.</p>",
        "<p>Demonstration – not a real certificate</p>",
        "<p>A list of verified suppliers</p>",
        "<p>تصدیق کی جاتی ہے کہ</p>",
        "<p>نمونہ – یہ اصل سند نہیں</p>",
        "<p>تصدیق شدہ بیج کا استعمال</p>",
        "<p>یہ صفحہ نہیں بتاتا کہ سند اصلی ہے یا نہیں</p>",
        "<p>Deze pagina zegt niet of het certificaat echt is: iedereen kan een pagina maken. Controleer het.</p>",
        "<p>Iedereen kan een pagina maken waarop ‘geldig’ staat.</p>",
        "<p>Dit certificaat is geldig tot 30 juni 2028.</p>",
        "<dt>Geldig tot</dt>",
        "<p>Demonstratie – geen echt certificaat</p>",
        "<p>Neem een geldig identiteitsbewijs mee.</p>",
        "<p>De rechter zijde, rechts van het document</p>",
        "<p>Бұл бет сертификат түпнұсқа ма, жоқ па, оны айтпайды: бетті кез келген адам жасай алады.</p>",
        "<p>Сертификат 2028 ж. 30 маусымға дейін жарамды.</p>",
        "<h2>Қанша уақыт жарамды</h2>",
        "<p>Үлгі – шынайы сертификат емес</p>",
        "<p>Кез келген адам «жарамды» деп жазылған бет жасай алады.</p>",
        "<p>Аккредиттеу органы растаған.</p>",
        '<a href="/v/">Check whether it is valid</a>',
        '<input pattern="x" class="invalid">',
    ],
)
def test_an_honest_sentence_is_left_alone(text: str) -> None:
    assert claims(text) == []


def test_a_table_of_outcomes_may_stand_on_another_page_and_not_on_a_certificate() -> None:
    table = "<td>Valid</td><td>green</td><td>درست</td><td>Geldig</td><td>Түпнұсқа</td>"
    assert claims(table, certificate=False) == []
    assert claims(table) == ["“Valid”", "“درست”", "“Geldig”", "“Түпнұсқа”"]
    assert claims("<td>Verified</td>", certificate=False) == ["“Verified”"]


def test_markdown_is_read_as_the_page_that_it_becomes() -> None:
    assert claims("# About\n\n**Verified certificate**\n", certificate=False) == ["“Verified certificate”"]


def test_the_message_names_line_and_words() -> None:
    (found,) = verdict_claims("site/c/ab/x.html", b"<html>\n<p>Verified</p>", certificate=True)
    assert f"{found.place}: {found.sentence}" == (
        "site/c/ab/x.html:2: expected no page that says what only a check can say, found “Verified”"
    )
    assert found.repair == "take it out, and let the page lead to the verifier instead"


@pytest.mark.parametrize(
    ("path", "static"),
    [
        ("c/ab/x.html", True),
        ("about/index.html", True),
        ("c/ab/x.svg", True),
        ("v/index.html", False),
        ("v/ur.html", False),
        ("verifier.html", False),
        ("v/messages.js", False),
        ("c/ab/x.json", False),
    ],
)
def test_the_verifier_alone_may_speak_of_outcomes(path: str, static: bool) -> None:
    assert says_nothing_of_validity(path) is static
