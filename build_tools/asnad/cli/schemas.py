"""``asnad schemas``: what an editor needs to complete the files of a catalogue and to underline what is wrong."""

from __future__ import annotations

from pathlib import Path

import click

from asnad.catalogue.json_schemas import EDITOR_SETTINGS, SCHEMAS_FOLDER, editor_settings, schema_files
from asnad.centre_folder import CentreFolder
from asnad.cli.wiring import centre_option
from asnad.errors import FileError
from asnad.files import write_file


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@centre_option
def schemas(folder: Path | None, centre: Path) -> None:
    """
    Write JSON Schemas of the catalogue's files, by which editors complete and underline.

    Without DIR they go to catalogue/.schemas, and Visual Studio Code is told where they are. Call it again after a new
    version of Asnad.
    """
    if folder is not None:
        _write(folder.resolve(), schema_files())
        click.echo(f"Wrote {', '.join(schema_files())} to {folder}.")
        return
    root = CentreFolder.find(centre.resolve()).root
    _write(root, {f"{SCHEMAS_FOLDER}/{name}": data for name, data in schema_files().items()})
    click.echo(f"Wrote {', '.join(schema_files())} to {SCHEMAS_FOLDER}.")
    if (root / EDITOR_SETTINGS).exists():
        click.echo(f"{EDITOR_SETTINGS} is there already and stays; for the schemas it needs:")
        click.echo(editor_settings(SCHEMAS_FOLDER).decode(), nl=False)
    else:
        _write(root, {EDITOR_SETTINGS: editor_settings(SCHEMAS_FOLDER)})
        click.echo(f"Wrote {EDITOR_SETTINGS}, for Visual Studio Code with its YAML extension.")


def _write(root: Path, files: dict[str, bytes]) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "name another folder"
        raise FileError(f"expected a folder, got an error: {error.strerror}", place=str(root), hint=hint) from None
    for path, data in files.items():
        write_file(root, path, data)
