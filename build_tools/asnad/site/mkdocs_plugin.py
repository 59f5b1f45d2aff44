"""
The edge to MkDocs: reads the centre's files, hands the generated pages to MkDocs and lays the frame around every page.

What the site says is made by pure functions elsewhere, so another site generator would need another edge only.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import jinja2
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from asnad import assets
from asnad.catalogue.catalogue import Catalogue
from asnad.centre_folder import CentreFolder
from asnad.errors import AsnadError, PublicationError
from asnad.files import read_file, write_file
from asnad.messages import Messages, read_messages
from asnad.site.borrowed_text import borrowed_text
from asnad.site.build_day import build_day
from asnad.site.catalogue_export import export_files
from asnad.site.catalogue_pages import CataloguePages
from asnad.site.deployment import DRAFTS_MARK
from asnad.site.issuer_reading import publish, read_demonstration, read_published_statistics, read_versions
from asnad.site.page_files import MAX_PAGE_FILE, check_page_file
from asnad.site.page_frame import PageFrame, WrittenPage, page_frame
from asnad.site.page_security import check_contents, page_contents, with_policy
from asnad.site.page_templates import PageTemplates
from asnad.site.site_map import PageKey, SiteMap
from asnad.site.site_page import address_of, way_to_root

log = logging.getLogger("mkdocs.plugins.asnad")

FONTS_FOLDER = "assets/fonts"
SCRIPT = "assets/javascripts/catalogue.js"
ORDER_UNLESS_WRITTEN = 100
CREST = "crest.svg"
"""Of the centre, among its pages; where there is none, the site shows a mark of its own."""


class AsnadOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped.
    """Options of the plugin in ``mkdocs.yml``."""

    catalogue_only = config_options.Type(bool, default=False)
    """Leave out learners' pages, in a clone that has none of them."""
    build_date = config_options.Optional(config_options.Type((str, date)))
    """Day for which the site is built; the day of SOURCE_DATE_EPOCH, or today at the centre, unless written."""


class AsnadPlugin(BasePlugin[AsnadOptions]):  # type: ignore[no-untyped-call]  # The same.
    """Makes the site of a centre, in every language of it, inside MkDocs with the theme Material."""

    def __init__(self) -> None:
        """Begin without a catalogue; every build reads it anew, unless it is given one that was just read."""
        self.catalogue: Catalogue | None = None
        # No option of mkdocs.yml, which is committed: no pipeline may ever publish what is not published yet.
        self.drafts = False
        self._serving = False
        self._root = Path()
        self._today = date.min
        self._messages: dict[str, Messages] = {}
        self._pages: CataloguePages | None = None
        self._map = SiteMap(())
        self._addresses: frozenset[str] = frozenset()
        self._has_crest = False
        self._written: list[WrittenPage] = []
        self._first_introduction: str | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether the site is shown while people work on it."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the catalogue and set what must be so in every site."""
        with _told_to_people():
            self._root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
            catalogue = self.catalogue or CentreFolder(self._root).catalogue()
            self._today = build_day(self.config.build_date, os.environ, datetime.now(UTC), catalogue.centre)
            catalogue = catalogue.as_of(self._today)
            theme = assets.theme_dir()
            self._messages = read_messages(assets.message_files(), "catalogue", catalogue.centre.languages)
            self._pages = CataloguePages(
                catalogue=catalogue,
                messages=self._messages,
                templates=PageTemplates(jinja2.FileSystemLoader(theme / "catalogue")),
                today=self._today,
                drafts=self.drafts,
                frozen=read_versions(CentreFolder(self._root)),
                statistics=read_published_statistics(CentreFolder(self._root), catalogue.centre.did),
                answers=bool(read_demonstration(CentreFolder(self._root))),
            )
            self._map = SiteMap(catalogue.centre.languages)
            self._first_introduction = None
            self._written = []
        config.site_name = self._centre_name(catalogue.centre.languages[0])
        if not self._serving:
            config.site_url = catalogue.centre.address
        config.use_directory_urls = True
        config.extra["generator"] = False
        config.extra_css += ["assets/stylesheets/catalogue.css", "assets/stylesheets/finding.css"]
        config.theme.dirs.insert(0, str(theme))
        config.theme["font"] = False
        # Our own colours stand in catalogue.css, for light screens, dark ones and paper.
        config.theme["palette"] = None
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and the fonts, and give every written page its language."""
        with _told_to_people():
            folder = Path(config.docs_dir)
            for file in files:
                # The theme's own files come from elsewhere and are no business of the centre's.
                if (folder / file.src_uri).exists():
                    check_page_file(file.src_uri, read_file(folder, file.src_uri, MAX_PAGE_FILE))
            self._has_crest = files.get_file_from_path(CREST) is not None
            for file in files.documentation_pages():
                # MkDocs' own navigation grows with the square of its pages; ours is a short list that the frame holds.
                file.inclusion = InclusionLevel.NOT_IN_NAV
                file.dest_uri = self._map.address(self._map.place_written(file.src_uri)) + "index.html"
            homes = [
                self._catalogue_pages.home_page(language, None)
                for language in self._languages
                if not self._map.holds(PageKey(language, ""))
            ]
            for page in (*homes, *self._catalogue_pages.pages()):
                source = self._map.place_generated(page)
                files.append(File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV))
            for font in sorted(assets.site_fonts_dir().iterdir()):
                files.append(File.generated(config, f"{FONTS_FOLDER}/{font.name}", abs_src_path=str(font)))
            files.append(File.generated(config, SCRIPT, abs_src_path=str(assets.catalogue_script())))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a generated page its title, and every page the day of the build."""
        page.update_date = self._today.isoformat()
        generated = self._map.generated.get(page.file.src_uri)
        if generated:
            page.meta = {"title": generated.title, "description": generated.description}
            if not generated.indexed:
                page.meta["search"] = {"exclude": True}
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the generated body in, or around the text that the centre wrote for its home page."""
        generated = self._map.generated.get(page.file.src_uri)
        key = self._map.keys[page.file.src_uri]
        with _told_to_people():
            if key.path == "":
                introduction = self._introduction(key) if generated else html
                if key.language == self._languages[0]:
                    self._first_introduction = introduction
                return self._catalogue_pages.home_page(key.language, introduction).body
            if generated:
                return generated.body
            order = page.meta.get("order", ORDER_UNLESS_WRITTEN)
            if not isinstance(order, int):
                raise PublicationError(f"expected a number after order:, found {order!r}", place=page.file.src_uri)
        self._written.append(WrittenPage(order, key.path, key.language, str(page.title)))
        return html

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Make the theme escape what it prints, and put the written pages in order."""
        env.autoescape = True
        self._addresses = self._map.addresses()
        self._written.sort()
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Lay the frame around a page, in its language."""
        key = self._map.keys[page.file.src_uri]
        description = str(page.meta.get("description") or "") or self._messages[key.language].text(
            "description", title=str(page.title), centre=self._centre_name(key.language)
        )
        title = self._centre_name(key.language) if key.path == "" else str(page.title)
        generated = self._map.generated.get(page.file.src_uri)
        indexed = generated is None or generated.indexed
        frame = self._frame(key, title=title, description=description, indexed=indexed)
        self._set_language(config, key.language)
        return self._with_frame(context, frame, written=page.file.src_uri not in self._map.generated and key.path != "")

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Finish a page: its language, its policy."""
        key = self._map.keys[page.file.src_uri]
        self._set_language(config, self._languages[0])
        return self._finished(output, key.language, page.file.src_uri)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Lay the frame around the page for what is not found; its addresses begin at the host."""
        language = self._languages[0]
        messages = self._messages[language]
        root = urlsplit(config.site_url or "/").path
        frame = self._frame(
            PageKey(language, ""), title=messages.text("not-found.title"), description=config.site_name, root=root
        )
        extended: dict[str, Any] = {
            "site_map": self._map.indexed(config.site_url or "/"),
            "every_language": [self._messages[each] for each in self._languages],
            "homes": {each: root + address_of("", each, self._languages) for each in self._languages},
        }
        context.update(extended)  # type: ignore[typeddict-item]  # MkDocs lets plugins add to it.
        return self._with_frame(context, frame, written=False)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish a page that the theme makes by itself."""
        if template_name.endswith(".html"):
            return self._finished(output_content, self._languages[0], template_name)
        return output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the rest of the site, which other modules make."""
        with _told_to_people():
            catalogue = self._catalogue_pages.catalogue
            folder, at = CentreFolder(self._root), int(datetime.now(UTC).timestamp())
            signed = publish(folder, catalogue, at=at, catalogue_only=self.config.catalogue_only)
            if signed is None:
                log.info("No certificates have been issued here: the site is the catalogue alone.")
            files = export_files(catalogue) | self._catalogue_pages.data_files() | {".nojekyll": b""} | (signed or {})
            if self.drafts:
                files[DRAFTS_MARK] = b""
            for path, content in sorted(files.items()):
                write_file(Path(config.site_dir), path, content, durable=False)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Build again when the catalogue, the theme or a text changes."""
        for folder in (self._root / "catalogue", assets.theme_dir(), assets.messages_dir()):
            server.watch(str(folder))
        return server

    @property
    def _catalogue_pages(self) -> CataloguePages:
        if self._pages is None:
            raise RuntimeError("MkDocs calls on_config before it builds")
        return self._pages

    @property
    def _languages(self) -> tuple[str, ...]:
        return self._catalogue_pages.languages

    def _centre_name(self, language: str) -> str:
        return self._catalogue_pages.catalogue.centre.name_on(self._today).shown_in(language)[0]

    def _introduction(self, key: PageKey) -> str | None:
        """Borrow the home page's text of the first language, which MkDocs has met before all generated pages."""
        if self._first_introduction is None:
            return None
        return borrowed_text(
            self._first_introduction,
            self._languages[0],
            to_root=way_to_root(self._map.address(key)),
            exists_here=lambda path: self._map.holds(PageKey(key.language, path)),
        )

    def _frame(
        self, key: PageKey, *, title: str, description: str, root: str | None = None, indexed: bool = True
    ) -> PageFrame:
        catalogue = self._catalogue_pages.catalogue
        return page_frame(
            centre=catalogue.centre,
            messages=self._messages,
            language=key.language,
            path=key.path,
            title=title,
            description=description,
            written=self._written,
            with_pathways=bool(catalogue.pathways),
            addresses=self._addresses,
            today=self._today,
            root=root,
            indexed=indexed,
            drafts=self.drafts,
        )

    def _with_frame(self, context: TemplateContext, frame: PageFrame, *, written: bool) -> TemplateContext:
        extended: dict[str, Any] = {
            "frame": frame,
            "centre_name": self._centre_name(frame.language),
            "t": self._messages[frame.language].text,
            "written": written,
            "crest": CREST if self._has_crest else None,
        }
        context.update(extended)  # type: ignore[typeddict-item]  # MkDocs lets plugins add to it.
        return context

    def _set_language(self, config: MkDocsConfig, language: str) -> None:
        config.theme["direction"] = self._messages[language].direction
        config.site_name = self._centre_name(language)

    def _finished(self, html: str, language: str, place: str) -> str:
        opening = f'<html lang="{escape(language)}" dir="{self._messages[language].direction}" '
        html = re.sub(r'<html lang="[^"]*" ', opening, html, count=1)
        with _told_to_people():
            contents = page_contents(html)
            check_contents(contents, place=place)
        # While people work on the site, MkDocs puts a script into each page that no hash can foresee.
        return html if self._serving else with_policy(html, contents)


@contextmanager
def _told_to_people() -> Iterator[None]:
    """Turn what a person can mend into MkDocs' own error, which is shown without a traceback."""
    try:
        yield
    except AsnadError as error:
        raise PluginError(error.diagnostics()) from error
