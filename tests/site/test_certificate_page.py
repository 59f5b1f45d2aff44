from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from jinja2 import FileSystemLoader, UndefinedError
from PIL import Image

from asnad.desk.papers import credential_view
from asnad.errors import AsnadError, PublicationError
from asnad.messages import Messages, read_messages
from asnad.site.certificate import CertificateView, Kind, Learner, Signatory, Unsigned, certificate_view
from asnad.site.certificate_page import certificate_page
from asnad.site.certificate_paper import all_papers, paper
from asnad.site.certificate_text import ItemList, Paragraph, text_blocks, text_direction
from asnad.site.stationery import CertificateFonts, Stationery, certificate_environment
from example_centre import ExampleCentre

HERE = Path(__file__).parent
OVERRIDES = HERE.parent.parent / "site_overrides"
FONTS = OVERRIDES / "verifier" / "node_modules" / "@fontsource"
CODE_URL = "https://skills.example/v/#" + str(7**2000)[:571]
LINK_URL = "https://skills.example/v/#" + str(7**2000)[:741]
UNSIGNED = Unsigned(CODE_URL, LINK_URL, "+92 41 920 0161", "certificates@skills.example", demonstration=False)
NO_FONTS = CertificateFonts(b"nastaliq", b"naskh", b"naskh-bold")
ALL = ("completion", "micro-credential", "completion-urdu", "micro-credential-urdu")


def messages(language: str) -> dict[str, Any]:
    text = (OVERRIDES / "messages" / f"{language}.json").read_text(encoding="utf-8")
    section: dict[str, Any] = json.loads(text)["certificate"]
    return section


def stationery(fonts: CertificateFonts = NO_FONTS) -> Stationery:
    environment = certificate_environment(FileSystemLoader(OVERRIDES / "certificate"))
    files = {language: (OVERRIDES / "messages" / f"{language}.json").read_bytes() for language in ("en", "ur")}
    return Stationery(environment, read_messages(files, "certificate", ("en", "ur")), fonts, ())


def document(name: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads((HERE / "certificates" / f"{name}.json").read_text(encoding="utf-8"))
    return parsed


def view(name: str, unsigned: Unsigned = UNSIGNED) -> CertificateView:
    return certificate_view(document(name), unsigned, time_zone="Asia/Karachi")


def page(certificate: CertificateView) -> str:
    return certificate_page(certificate, stationery(), stylesheet="../../assets/certificate/page.css")


def words(html: str) -> str:
    """Give what a reader of the page sees as text, on one line."""
    body = re.sub(r"<style>.*?</style>|<head>.*?</head>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", body).split())


# What is read from a credential


def test_everything_on_a_certificate_of_completion_is_read_from_its_document() -> None:
    certificate = view("completion")

    assert certificate.kind is Kind.COMPLETION
    assert certificate.learner == Learner("Ayesha Khan", "عائشہ خان", "Muhammad Akram Khan", None, "4471")
    assert certificate.serial == "CSC-FT/12/017"
    assert certificate.achievement == "Home Baking for Women"
    assert (certificate.term, certificate.start, certificate.end) == ("Batch 12", date(2026, 9, 1), date(2026, 9, 14))
    assert certificate.awarded == date(2026, 9, 18)
    assert certificate.place == "Held at the Training Centre, Faisalabad."
    assert (certificate.hours, certificate.grades, certificate.credits_earned) == ("40", (), None)
    assert certificate.signatories == (
        Signatory("Dr Amina Rafiq", "Director"),
        Signatory("Sana Iqbal", "Course coordinator"),
    )
    assert certificate.uuid == "4c1a7d02-9f3e-4b61-8a55-0d1f6be2a917"
    assert certificate.direction == "ltr"


def test_hours_are_told_from_grades_by_the_type_of_the_result() -> None:
    certificate = view("micro-credential")

    assert certificate.hours == "84"
    assert [(grade.name, grade.value) for grade in certificate.grades] == [("Grade in per cent, pass mark 50", "78")]
    assert certificate.credits_earned == "3"


def test_the_last_day_is_the_day_at_the_centre() -> None:
    credential = document("micro-credential")
    credential["validUntil"] = "2029-11-19T04:59:59Z"

    certificate = certificate_view(credential, UNSIGNED, time_zone="America/New_York")

    assert certificate.last_day == date(2029, 11, 18)


def test_credits_written_as_a_fraction_of_zero_look_like_a_whole_number() -> None:
    credential = document("micro-credential")
    credential["credentialSubject"]["creditsEarned"] = 3.0

    assert certificate_view(credential, UNSIGNED, time_zone="UTC").credits_earned == "3"


def test_evidence_that_is_no_signatory_signs_nothing() -> None:
    credential = document("completion")
    credential["evidence"][1]["genre"] = "Photograph"

    assert [person.name for person in certificate_view(credential, UNSIGNED, time_zone="UTC").signatories] == [
        "Dr Amina Rafiq"
    ]


def test_a_missing_member_is_named_with_its_place() -> None:
    credential = document("completion")
    del credential["credentialSubject"]["achievement"]["criteria"]["narrative"]

    with pytest.raises(PublicationError) as refusal:
        certificate_view(credential, UNSIGNED, time_zone="UTC")

    assert refusal.value.place == "/credentialSubject/achievement/criteria/narrative"


def test_an_unknown_kind_is_refused() -> None:
    credential = document("completion")
    credential["credentialSubject"]["achievement"]["achievementType"] = "Licence"

    with pytest.raises(PublicationError, match="'Licence'"):
        certificate_view(credential, UNSIGNED, time_zone="UTC")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,1", "//skills.example/"])
def test_an_address_of_another_scheme_never_becomes_a_link(address: str) -> None:
    with pytest.raises(PublicationError, match="https://"):
        certificate_view(document("completion"), replace(UNSIGNED, link_url=address), time_zone="UTC")


def test_criteria_are_divided_into_paragraphs_and_lists() -> None:
    text = "Attended.\nAnd passed.\n\nThe learner can:\n- bake;\n- sell.\nQuality statement."

    assert text_blocks(text) == (
        Paragraph("Attended. And passed."),
        Paragraph("The learner can:"),
        ItemList(("bake;", "sell.")),
        Paragraph("Quality statement."),
    )


def test_a_hyphen_inside_a_line_begins_no_list() -> None:
    assert text_blocks("A 40-hour course - in Urdu\n-5 degrees") == (
        Paragraph("A 40-hour course - in Urdu -5 degrees"),
    )


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ur", "rtl"), ("ur-PK", "rtl"), ("UR", "rtl"), ("kk", "ltr")]
)
def test_the_direction_is_that_of_the_language(language: str, direction: str) -> None:
    assert text_direction(language) == direction


# Messages


def leaves(section: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in section.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def test_urdu_has_every_sentence_of_english_with_the_same_places() -> None:
    def places(language: str) -> dict[str, set[str]]:
        return {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in leaves(messages(language))}

    assert places("ur") == places("en")


def test_every_sentence_is_said_somewhere() -> None:
    templates, modules = (
        (OVERRIDES / "certificate").iterdir(),
        (HERE.parent.parent / "build_tools/asnad/site").glob("*.py"),
    )
    sources = [*templates, *modules, *(OVERRIDES / "verifier/src").glob("*.ts")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources if path.is_file()).replace("'", '"')
    chosen_by_value = ("kind.", "standing.", "achieved.", "month.")
    keys = {key for key, _ in leaves(messages("en")) if not key.startswith(chosen_by_value)}

    assert {key for key in keys if f'"{key}"' not in text} == set()


def test_each_kind_has_its_words() -> None:
    for part in ("kind", "standing", "achieved"):
        assert set(messages("en")[part]) == {kind.removeprefix("ext:") for kind in Kind}


def test_a_missing_sentence_is_an_error_and_not_a_gap() -> None:
    incomplete = replace(stationery(), messages={"en": Messages("en", {})})

    with pytest.raises(AsnadError, match=re.escape("kind.CertificateOfCompletion")):
        paper(view("completion"), incomplete)


def test_a_language_without_messages_gets_english_words() -> None:
    html = page(replace(view("completion"), language="nl"))

    assert '<html lang="en" dir="ltr">' in html
    assert '<main lang="nl" dir="ltr">' in html
    assert "This is to certify that" in html


# The page


def test_the_page_shows_what_was_signed() -> None:
    text = words(page(view("micro-credential")))

    for expected in (
        "Micro-credential",
        "Muhammad Abdul Rehman Siddiqui",
        "Father’s name: Muhammad Abdul Qadeer Siddiqui",
        "Chenab University of Agriculture",
        "Batch 4",
        "28 September 2026 to 6 November 2026",
        "Workload in hours84",
        "Grade in per cent, pass mark 5078",
        "Runs out after18 November 2029",
        "EQF level 4 (declared by the centre)",
        "Food processing (0721)",
        "decide, with reasons, whether to release, rework or discard a suspect batch;",
        "CSC-FT/04/102",
        "Controller of examinations",
    ):
        assert expected in text


@pytest.mark.parametrize("name", ALL)
def test_no_static_certificate_claims_to_have_been_checked(name: str) -> None:
    certificate = view(name)

    for html in (page(certificate), paper(certificate, stationery())):
        assert re.search(r"\b(valid|verified|authentic|تصدیق شدہ|مستند)\b", words(html), re.IGNORECASE) is None


def test_the_page_says_that_it_gives_no_verdict_and_what_sharing_discloses() -> None:
    text = words(page(view("completion")))

    assert "scanning the code with a verifier you trust" in text
    assert "This link contains the whole certificate: name, grade, dates. Whoever has it can read it." in text


@pytest.mark.parametrize("name", ALL)
def test_the_page_has_no_script_no_style_attribute_and_a_policy_that_allows_none(name: str) -> None:
    html = page(view(name))

    assert "<script" not in html
    assert not re.search(r"\s(style|on\w+)=", html)
    sources = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'"
    assert f"{sources}; base-uri 'none'; form-action 'none'" in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<meta name="referrer" content="no-referrer">' in html


def test_the_title_of_the_page_does_not_name_the_learner() -> None:
    title = re.search(r"<title>(.*?)</title>", page(view("completion")))

    assert title is not None
    assert title[1] == "Certificate of Completion: Home Baking for Women"


def test_the_links_of_the_page_lead_to_the_verifier_the_files_and_the_centre() -> None:
    assert re.findall(r'<a [^>]*href="([^"]+)"', page(view("completion"))) == [
        LINK_URL,
        "4c1a7d02-9f3e-4b61-8a55-0d1f6be2a917.json",
        "4c1a7d02-9f3e-4b61-8a55-0d1f6be2a917.png",
        "4c1a7d02-9f3e-4b61-8a55-0d1f6be2a917.svg",
        "tel:+92419200161",
        "mailto:certificates@skills.example",
    ]


def test_without_telephone_and_email_the_page_names_none() -> None:
    html = page(view("completion", replace(UNSIGNED, phone=None, email=None)))

    assert "tel:" not in html
    assert "mailto:" not in html
    assert "Telephone" not in words(html)


@pytest.mark.parametrize("draw", [page, lambda certificate: paper(certificate, stationery())])
def test_what_others_wrote_never_becomes_markup(draw: Any) -> None:
    hostile = '<img src=x onerror="alert(1)">{{7*7}}'
    original = view("micro-credential")
    html = draw(
        replace(
            original,
            serial=hostile,
            achievement=hostile,
            place=hostile,
            term=hostile,
            course_code=hostile,
            learner=Learner(hostile, hostile, hostile, hostile, hostile),
            signatories=(Signatory(hostile, hostile),),
            criteria=(Paragraph(hostile), ItemList((hostile,))),
            unsigned=replace(original.unsigned, phone=hostile, email=hostile),
        )
    )

    assert "<img" not in html
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;{{7*7}}" in html


@pytest.mark.parametrize("kind", list(Kind))
def test_only_a_micro_credential_bears_the_mark(kind: Kind) -> None:
    certificate = replace(view("completion"), kind=kind)

    assert ('class="mark"' in page(certificate)) is (kind is Kind.MICRO_CREDENTIAL)
    printed = paper(certificate, stationery())
    assert ('class="mark"' in printed) is (kind is Kind.MICRO_CREDENTIAL)
    assert ('class="watermark"' in printed) is (kind is Kind.MICRO_CREDENTIAL)


def test_only_a_demonstration_says_that_it_is_one() -> None:
    sample = view("completion", replace(UNSIGNED, demonstration=True))

    assert "Demonstration – not a real certificate" in words(page(sample))
    assert "Demonstration – not a real certificate" in words(paper(sample, stationery()))
    assert "Demonstration" not in words(page(view("completion")))
    assert "Demonstration" not in words(paper(view("completion"), stationery()))


def test_an_urdu_page_is_urdu_from_right_to_left_with_the_latin_name() -> None:
    html = page(view("completion-urdu"))

    assert '<html lang="ur" dir="rtl">' in html
    assert '<p class="name" lang="en" dir="ltr">Shagufta Parveen</p>' in html
    text = words(html)
    assert "سندِ تکمیل" in text
    assert "شوہر کا نام: محمد اسلم" in text
    assert "5 اکتوبر 2026 تا 18 اکتوبر 2026" in text


def test_a_template_that_asks_for_something_undefined_fails() -> None:
    template = stationery().environment.from_string("{{ nothing }}")

    with pytest.raises(UndefinedError):
        template.render()


# The paper


@pytest.mark.parametrize("name", ALL)
def test_the_style_of_the_paper_is_the_one_its_policy_names(name: str) -> None:
    html = paper(view(name), stationery())
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()

    policy = f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in html
    assert not re.search(r"\s(style|on\w+|src|href)=", html)


def test_fonts_are_embedded_only_for_what_is_written_in_them() -> None:
    def families(certificate: CertificateView) -> set[str]:
        return set(re.findall(r'@font-face\{font-family:"([^"]+)"', paper(certificate, stationery())))

    assert families(view("micro-credential")) == set()
    assert families(view("completion")) == {"Asnad Nastaliq"}
    assert families(view("completion-urdu")) == {"Asnad Nastaliq", "Asnad Naskh"}
    kazakh = replace(view("completion"), learner=Learner("Aigul Nur", "Айгүл Нұр", None, None, None))
    assert families(kazakh) == set()


def test_the_code_on_paper_has_modules_of_seven_tenths_of_a_millimetre() -> None:
    assert 'width="51.10mm" height="51.10mm"' in paper(view("completion"), stationery())


def test_the_paper_says_what_it_is_whom_to_ring_and_what_is_not_signed() -> None:
    text = words(paper(view("completion"), stationery()))

    assert "It is not a micro-credential, not a degree" in text
    assert "No examination was held, and no academic credit is awarded." in text
    assert "+92 41 920 0161" in text
    assert "Web address, telephone and e-mail are not part of the signed text." in text
    assert "The paper alone proves nothing" in text


def test_the_papers_of_a_batch_are_one_file_in_the_order_given() -> None:
    html = all_papers([view("micro-credential"), view("completion")], stationery())

    assert re.findall(r'class="number"><bdi dir="ltr">([^<]+)<', html) == ["CSC-FT/04/102", "CSC-FT/12/017"]
    assert html.count("<!DOCTYPE html>") == 1


def test_a_text_too_long_for_the_front_is_on_the_back_and_the_front_says_so() -> None:
    original = view("micro-credential")
    long = paper(replace(original, criteria=original.criteria * 3), stationery())
    front, back = long.split('<article class="sheet back"')

    assert "The text continues on the back of this paper." in front
    assert "Level, assessment and quality" in front
    assert "Learning outcomes." not in front
    assert back.count("Learning outcomes.") == 3
    assert "CSC-FT/04/102" in back
    assert "sheet back" not in paper(original, stationery())


# The paper as a browser prints it


@pytest.fixture(scope="module")
def fonts() -> CertificateFonts:
    if not FONTS.is_dir():
        # Without them lengths would be measured in other fonts; `make test` installs them, and CI runs that.
        pytest.skip("the fonts are installed with the Node packages of the verifier")

    def font(name: str, weight: int) -> bytes:
        return (FONTS / name / "files" / f"{name}-arabic-{weight}-normal.woff2").read_bytes()

    return CertificateFonts(
        font("noto-nastaliq-urdu", 400), font("noto-naskh-arabic", 400), font("noto-naskh-arabic", 700)
    )


DOTS_PER_INCH = 150
PAPER_WIDTH = 1123


def opened(browser: Any, html: str) -> Any:
    """Open a paper as it is printed: A4 landscape in pixels, styles for print, 150 dots an inch."""
    tab = browser.new_page(viewport={"width": PAPER_WIDTH, "height": 794}, device_scale_factor=DOTS_PER_INCH / 96)
    tab.emulate_media(media="print")
    tab.set_content(html)
    tab.evaluate("document.fonts.ready")
    return tab


def printed_pages(tab: Any) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True)))


def overflowing(tab: Any) -> list[str]:
    found: list[str] = tab.evaluate(
        """[...document.querySelectorAll('.front, .front .body, .front .stub')]
           .filter(part => part.scrollHeight > part.clientHeight + 2 || part.scrollWidth > part.clientWidth + 2)
           .map(part => part.className)"""
    )
    return found


@pytest.mark.browser
@pytest.mark.parametrize("name", ALL)
def test_the_code_is_read_from_the_print_at_150_dots_an_inch(browser: Any, fonts: CertificateFonts, name: str) -> None:
    tab = opened(browser, paper(view(name), stationery(fonts)))

    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(tab.screenshot())))

    assert found.text == CODE_URL


@pytest.mark.browser
@pytest.mark.parametrize("name", ALL)
def test_each_sample_is_printed_on_exactly_one_page(browser: Any, fonts: CertificateFonts, name: str) -> None:
    tab = opened(browser, paper(view(name), stationery(fonts)))

    assert printed_pages(tab) == 1
    assert overflowing(tab) == []


def fullest_front(certificate: CertificateView, sentence: str) -> CertificateView:
    """Lengthen the criteria until one sentence more would be printed on the back."""
    fullest = replace(certificate, criteria=(Paragraph(sentence),))
    for count in range(2, 100):
        longer = replace(certificate, criteria=(Paragraph(sentence * count),))
        if "sheet back" in paper(longer, stationery()):
            return fullest
        fullest = longer
    raise AssertionError("no text was too long for the front")


@pytest.mark.browser
@pytest.mark.parametrize("code_digits", [571, 1490])
@pytest.mark.parametrize("name", ALL)
def test_the_fullest_front_is_still_one_page(
    browser: Any, fonts: CertificateFonts, name: str, code_digits: int
) -> None:
    unsigned = replace(UNSIGNED, code_url="https://skills.example/v/#" + str(7**2000)[:code_digits])
    certificate = view(name, unsigned)
    sentence = certificate.criteria[0]
    assert isinstance(sentence, Paragraph)

    tab = opened(browser, paper(fullest_front(certificate, f"{sentence.text} "), stationery(fonts)))

    assert overflowing(tab) == []
    assert printed_pages(tab) == 1


@pytest.mark.browser
def test_long_names_four_signatories_and_a_long_statement_take_a_front_and_a_back(
    browser: Any, fonts: CertificateFonts
) -> None:
    original = view("micro-credential", replace(UNSIGNED, demonstration=True))
    certificate = replace(
        original,
        achievement="Finance, Administration, Management and E-Governance for Agriculture Officers of the Province",
        learner=Learner(
            "Syeda Umm-e-Kulsoom Fatima Zahra Bint-e-Muhammad Naqvi",
            "سیدہ ام کلثوم فاطمہ زہرہ بنت محمد نقوی",
            "Syed Muhammad Zain-ul-Abideen Naqvi",
            None,
            "4471",
        ),
        criteria=original.criteria * 3,
    )

    tab = opened(browser, paper(certificate, stationery(fonts)))

    assert printed_pages(tab) == 2
    assert overflowing(tab) == []


def overlaps(tab: Any) -> list[str]:
    """Give the lines of a front whose ink begins above the end of the ink of the line before, each drawn alone."""
    tab.evaluate("document.body.style.visibility = 'hidden'")
    found, end = [], 0
    for line in tab.query_selector_all(".front header > p, .front .award > :not(svg, .learner), .front .learner > p"):
        line.evaluate("line => { line.style.visibility = 'visible' }")
        drawn = Image.open(io.BytesIO(tab.screenshot())).convert("L").point(lambda grey: 255 if grey < 200 else 0)
        line.evaluate("line => { line.style.visibility = '' }")
        ink = drawn.getbbox()
        assert ink is not None
        if ink[1] < end:
            found.append(line.text_content())
        end = ink[3]
    return found


@pytest.mark.browser
def test_lines_drawn_over_each_other_would_be_seen(browser: Any) -> None:
    tab = opened(browser, '<div class="front"><header><p>One</p><p style="margin-top:-2em">Two</p></header></div>')

    assert overlaps(tab) == ["Two"]


@pytest.mark.browser
def test_no_line_of_an_urdu_run_runs_into_the_line_before(
    browser: Any, fonts: CertificateFonts, issued_centre: ExampleCentre
) -> None:
    work = issued_centre.workplace()
    events = [event for event in work.ledger() if event.run == "home-baking-women-b12"]
    views = [credential_view(work, work.record(), event) for event in events]
    views.sort(key=lambda drawn: len(drawn.learner.native_name or ""))
    shown = [views[0], *views[-5:]]
    assert [drawn.learner.native_name for drawn in shown].count(None) == 1

    for certificate in shown:
        tab = opened(browser, paper(certificate, stationery(fonts)))
        assert (certificate.learner.name, overlaps(tab)) == (certificate.learner.name, [])
        assert (printed_pages(tab), overflowing(tab)) == (1, [])
        tab.close()


CLIMBING = Learner("Nighat Fatima Tiwana", "نگہت فاطمہ ٹوانہ", "Abdul Ghafoor", None, "4471")
SINKING = Learner("Syeda Kulsoom Fatima Zahra Naqvi Kh", "سیدہ کلثوم فاطمہ زہرہ نقوی کھگہ", None, None, None)
LONG_TITLE = "زرعی افسران کے لیے مالیات، انتظامیہ اور ای گورننس کی تکنیکی تربیت"


@pytest.mark.browser
@pytest.mark.parametrize("learner", [CLIMBING, SINKING])
@pytest.mark.parametrize("name", ALL)
def test_no_line_runs_into_the_line_before_whatever_the_letters(
    browser: Any, fonts: CertificateFonts, name: str, learner: Learner
) -> None:
    original = view(name)
    title = LONG_TITLE if original.direction == "rtl" else original.achievement
    certificate = replace(original, learner=learner, achievement=title)

    tab = opened(browser, paper(certificate, stationery(fonts)))

    assert overlaps(tab) == []
    assert overflowing(tab) == []


@pytest.mark.browser
def test_a_batch_is_printed_with_one_page_for_each_learner(browser: Any, fonts: CertificateFonts) -> None:
    tab = opened(browser, all_papers([view(name) for name in ALL], stationery(fonts)))

    assert printed_pages(tab) == 4


@pytest.mark.browser
def test_a_window_as_wide_as_the_paper_shows_all_of_it_beside_its_scroll_bar(
    browser: Any, fonts: CertificateFonts
) -> None:
    beside_bar = PAPER_WIDTH - 15
    tab = browser.new_page(viewport={"width": beside_bar, "height": 794})
    tab.set_content(paper(view("completion"), stationery(fonts), duplicate_of=date(2026, 11, 25)))

    assert tab.evaluate("document.documentElement.scrollWidth") == beside_bar


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ALL)
def test_the_page_never_scrolls_sideways(browser: Any, name: str, width: int) -> None:
    style = (OVERRIDES / "certificate" / "page.css").read_text(encoding="utf-8")
    html = re.sub(r"<meta http-equiv[^>]+>", "", page(view(name)))
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.set_content(html)
    tab.add_style_tag(content=style)

    assert tab.evaluate("document.documentElement.scrollWidth") == width
