"""What the site publishes of the catalogue for other programs, by path."""

from __future__ import annotations

from asnad.catalogue.catalogue import Catalogue
from asnad.site.catalogue_json import catalogue_json
from asnad.site.course_table import catalogue_csv
from asnad.site.run_calendar import published_runs, run_calendar, runs_calendar
from asnad.site.site_page import address_of

CATALOGUE_JSON = "catalogue.json"
CATALOGUE_CSV = "catalogue.csv"
RUNS_CALENDAR = "runs.ics"


def export_files(catalogue: Catalogue) -> dict[str, bytes]:
    """
    Make the document, and for each language of the centre the table and the calendars.

    Args:
        catalogue: The catalogue; drafts are left out.

    Returns:
        Bytes by path below the site; languages but the first have a folder of their own, as pages have.

    """
    files = {CATALOGUE_JSON: catalogue_json(catalogue)}
    languages = catalogue.centre.languages
    for language in languages:
        made = {CATALOGUE_CSV: catalogue_csv(catalogue, language), RUNS_CALENDAR: runs_calendar(catalogue, language)}
        for run in published_runs(catalogue):
            made[f"runs/{run.id}.ics"] = run_calendar(catalogue, run, language)
        files |= {address_of(path, language, languages): content for path, content in made.items()}
    return files
