"""Who may import whom, and who alone may touch disk, clock, chance, network and processes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "build_tools" / "asnad"

LAYERS = (
    "errors",
    "instant",
    "counted",
    "assets",
    "files",
    "catalogue",
    "messages",
    "proofs",
    "credentials",
    "issuers",
    "status",
    "verification",
    "carriers",
    "signing",
    "centre_folder",
    "site",
    "gate",
    "desk",
    "cli",
)
"""Each imports only those before it."""

PURE_NAMES = {"PurePosixPath", "urllib.parse"}
"""Of modules below, what touches nothing."""

WORLD = {
    "disk": {"os", "pathlib", "shutil", "tempfile", "glob", "filelock", "fcntl", "importlib"},
    "clock": {"time"},
    "chance": {"random", "secrets", "uuid"},
    "network": {"socket", "ssl", "http", "urllib", "socketserver", "ftplib", "smtplib", "requests"},
    "processes": {"subprocess", "multiprocessing", "threading", "asyncio", "signal", "ctypes"},
    "terminal": {"sys", "click", "rich", "getpass"},
    "mkdocs": {"mkdocs", "logging"},
}
"""What lies outside of the program, and the modules by which it is reached."""

CALLS = {
    "disk": {"read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "rmdir", "touch"},
    "clock": {"now", "utcnow", "today"},
}
"""The same, by a method of that name."""

BUILTINS = {"open": "disk", "print": "terminal", "input": "terminal"}
"""The same, by a function that needs no import."""

EDGES: dict[str, set[str]] = {
    "__main__": set(),
    "assets": {"disk"},
    "files": {"disk"},
    "centre_folder": {"disk"},
    "credentials/profile": {"disk"},
    "desk/backup": {"disk"},
    "desk/backup_copy": {"disk"},
    "desk/drill": {"disk"},
    "desk/restoring": {"disk"},
    "desk/transaction": {"disk"},
    "desk/unpacking": {"disk"},
    "signing/key_file": {"disk"},
    "signing/key_store": {"disk"},
    "signing/ceremony": {"chance"},
    "signing/signer": {"processes"},
    "site/issuer_reading": {"disk"},
    "site/mkdocs_plugin": {"disk", "clock", "mkdocs"},
    "cli/award": {"disk", "terminal"},
    "cli/backup": {"disk", "terminal"},
    "cli/archive": {"disk", "terminal"},
    "cli/build": {"disk", "terminal", "mkdocs"},
    "cli/ceremony": {"terminal"},
    "cli/certificates": {"disk", "terminal"},
    "cli/check": {"disk", "terminal"},
    "cli/demo": {"disk", "terminal"},
    "cli/deploy": {"disk", "processes", "terminal"},
    "cli/gate": {"disk", "terminal"},
    "cli/import_courses": {"disk", "terminal"},
    "cli/init": {"disk", "terminal"},
    "cli/issue": {"disk", "terminal"},
    "cli/keys": {"disk", "terminal"},
    "cli/main": {"terminal"},
    "cli/move": {"disk", "terminal"},
    "cli/progress": {"terminal"},
    "cli/repository": {"disk", "processes"},
    "cli/server": {"disk", "network", "processes", "terminal"},
    "cli/site_branch": {"disk", "processes"},
    "cli/status": {"disk", "terminal"},
    "cli/work_tree": {"disk", "processes"},
    "cli/report_view": {"terminal"},
    "cli/schemas": {"disk", "terminal"},
    "cli/show": {"disk", "terminal"},
    "cli/trust": {"disk", "clock", "network", "terminal"},
    "cli/verify": {"disk", "network", "terminal"},
    "cli/verify_folder": {"disk", "terminal"},
    "cli/wiring": {"disk", "clock", "chance", "terminal"},
}
"""The modules that reach outside, and what they reach; every other one is a function of its arguments."""

MODULES = sorted(
    path.relative_to(PACKAGE).with_suffix("").as_posix()
    for path in PACKAGE.rglob("*.py")
    if "_packaged" not in path.parts
)


def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """Name every import, at whatever depth, with the names that are taken out of a module."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: import absolutely"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reaches(module: str) -> dict[str, set[str]]:
    """Tell what a module reaches outside of the program, and by which names."""
    found: dict[str, set[str]] = {}
    for name in imports(module):
        if name.rpartition(".")[2] in PURE_NAMES or ".".join(name.split(".")[:2]) in PURE_NAMES:
            continue
        for kind, modules in WORLD.items():
            if name.split(".")[0] in modules:
                found.setdefault(kind, set()).add(name)
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in BUILTINS:
                found.setdefault(BUILTINS[node.func.id], set()).add(f"{node.func.id}()")
            called = getattr(node.func, "attr", "")
            for kind, names in CALLS.items():
                if called in names:
                    found.setdefault(kind, set()).add(f"{called}()")
    return found


def layer(module: str) -> str:
    return module.split("/", maxsplit=1)[0]


def test_every_module_has_its_layer() -> None:
    assert {layer(module) for module in MODULES} - {"__init__", "__main__"} == set(LAYERS)


@pytest.mark.parametrize("module", [module for module in MODULES if layer(module) in LAYERS])
def test_a_module_imports_only_layers_before_its_own(module: str) -> None:
    allowed = set(LAYERS[: LAYERS.index(layer(module)) + 1]) | ({"__version__"} if layer(module) == "cli" else set())
    taken = {name.split(".")[1] for name in imports(module) if name.startswith("asnad.")}
    assert taken - allowed == set()


@pytest.mark.parametrize("module", MODULES)
def test_only_edges_reach_outside_and_only_what_they_are_there_for(module: str) -> None:
    found = reaches(module)
    allowed = EDGES.get(module, set())
    assert {kind: names for kind, names in found.items() if kind not in allowed} == {}
    assert allowed - set(found) == set(), "it no longer reaches this: take it from the list"


def test_the_list_names_modules_that_exist() -> None:
    assert set(EDGES) - set(MODULES) == set()


def test_this_test_sees_what_it_looks_for() -> None:
    assert reaches("files")["disk"] >= {"os", "pathlib.Path", "mkdir()"}
    assert "time" in reaches("cli/wiring")["clock"]
    assert reaches("signing/signer")["processes"]
    assert any(name.startswith("asnad.proofs.") for name in imports("verification/verify"))
