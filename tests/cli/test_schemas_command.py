"""``asnad schemas`` writes what an editor needs, and nothing else of a centre is touched by it."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import call

from asnad.catalogue.json_schemas import schema_files
from new_centre import begun_centre


def test_a_centre_gets_schemas_and_an_editor_that_finds_them(tmp_path: Path) -> None:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "centre.yml").write_text("did: x\n", encoding="utf-8")
    answer = call("schemas", cwd=tmp_path)
    assert answer.code == 0, answer.err
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    for path in settings["yaml.schemas"]:
        assert json.loads((tmp_path / path).read_text(encoding="utf-8"))["$schema"].endswith("draft-07/schema#")
    assert "catalogue/courses/*.yml" in settings["yaml.schemas"]["catalogue/.schemas/course.json"]


def test_settings_of_ones_own_stay_and_what_they_lack_is_told(tmp_path: Path) -> None:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "centre.yml").write_text("did: x\n", encoding="utf-8")
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "settings.json").write_text("{}", encoding="utf-8")
    answer = call("schemas", cwd=tmp_path)
    assert (tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8") == "{}"
    assert '"catalogue/.schemas/run.json"' in answer.out


def test_another_folder_needs_no_centre(tmp_path: Path) -> None:
    assert call("schemas", "deep/folder", cwd=tmp_path).code == 0
    found = {path.name: path.read_bytes() for path in (tmp_path / "deep" / "folder").iterdir()}
    assert found == schema_files()


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    answer = call("schemas", "x", cwd=tmp_path)
    assert answer.code == 1
    assert "Traceback" not in answer.err


def test_a_new_centre_has_them_and_check_and_gate_let_them_pass(tmp_path: Path) -> None:
    root = begun_centre(tmp_path / "centre").root
    assert {path.name for path in (root / "catalogue" / ".schemas").iterdir()} == set(schema_files())
    assert call("check", cwd=root).code == 0
    assert call("gate", cwd=root).code == 0
