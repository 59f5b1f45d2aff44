"""Files are read within a limit and below their root, and written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from asnad.errors import FileError
from asnad.files import inside, read_file, read_tree, write_file


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "..", "/", "/etc/hostname", "//etc", "../outside", "a/../../outside", "a/..", "./../x"),
        *("a\\b", "..\\outside", "C:/x", "c:x", "a/b:stream", "a\0b", "a" * 300, "a/" + "b" * 300),
    ],
)
def test_a_path_that_leaves_the_folder_or_is_none_is_refused(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    (root / "a").mkdir(parents=True)
    (tmp_path / "outside").write_bytes(b"outside")
    with pytest.raises(FileError):
        read_file(root, path, 100)
    with pytest.raises(FileError):
        write_file(root, path, b"new")
    assert (tmp_path / "outside").read_bytes() == b"outside"
    assert sorted(root.rglob("*")) == [root / "a"]


@pytest.mark.parametrize("path", ["link", "folder/file", "folder/deeper/file", "nowhere"])
def test_nothing_is_read_or_written_through_a_link(tmp_path: Path, path: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    (outside / "deeper").mkdir(parents=True)
    for file in (outside / "file", outside / "deeper" / "file"):
        file.write_bytes(b"outside")
    (root / "link").symlink_to(outside / "file")
    (root / "folder").symlink_to(outside, target_is_directory=True)
    (root / "nowhere").symlink_to(tmp_path / "new")
    with pytest.raises(FileError, match="got a link"):
        inside(root, path)
    with pytest.raises(FileError, match="got a link"):
        read_file(root, path, 100)
    with pytest.raises(FileError, match="got a link"):
        write_file(root, path, b"new")
    assert (outside / "file").read_bytes() == (outside / "deeper" / "file").read_bytes() == b"outside"
    assert not (tmp_path / "new").exists()


def test_the_root_itself_may_be_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "root").symlink_to(tmp_path / "real", target_is_directory=True)
    write_file(tmp_path / "root", "a/b", b"data")
    assert read_file(tmp_path / "root", "a/b", 4) == b"data"
    assert (tmp_path / "real" / "a" / "b").read_bytes() == b"data"


def test_a_file_of_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert read_file(tmp_path, "file", 5) == b"12345"
    with pytest.raises(FileError, match="file: expected at most 4 bytes, got more"):
        read_file(tmp_path, "file", 4)


@pytest.mark.parametrize("path", ["missing", "folder", "folder/missing", "file/below"])
def test_what_cannot_be_read_is_named_by_its_path_below_the_root(tmp_path: Path, path: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileError) as caught:
        read_file(tmp_path, path, 10)
    assert caught.value.place == path
    assert str(tmp_path) not in str(caught.value)


def test_a_tree_is_read_sorted_with_hidden_files_and_may_be_missing(tmp_path: Path) -> None:
    for path in ("t/b", "t/a/z", "t/.well-known/did.json", "t/a/.hidden"):
        write_file(tmp_path, path, path.encode())
    assert list(read_tree(tmp_path, "t", 100).items()) == [
        (".well-known/did.json", b"t/.well-known/did.json"),
        ("a/.hidden", b"t/a/.hidden"),
        ("a/z", b"t/a/z"),
        ("b", b"t/b"),
    ]
    assert read_tree(tmp_path, "none", 100) == {}


@pytest.mark.parametrize("target", ["file", "folder"])
def test_a_link_in_a_tree_is_not_followed(tmp_path: Path, target: str) -> None:
    write_file(tmp_path, "outside/secret", b"secret")
    write_file(tmp_path, "t/a", b"a")
    source = tmp_path / "outside" / ("secret" if target == "file" else "")
    (tmp_path / "t" / "link").symlink_to(source)
    if target == "file":
        with pytest.raises(FileError, match="got a link"):
            read_tree(tmp_path, "t", 100)
    else:
        assert read_tree(tmp_path, "t", 100) == {"a": b"a"}


def test_a_tree_with_too_large_a_file_is_refused(tmp_path: Path) -> None:
    write_file(tmp_path, "t/a", b"12345")
    with pytest.raises(FileError, match="a: expected at most 4 bytes"):
        read_tree(tmp_path, "t", 4)


def test_writing_makes_folders_and_replaces_the_whole_content(tmp_path: Path) -> None:
    write_file(tmp_path, "a/b/c", b"a long first content")
    write_file(tmp_path, "a/b/c", b"short")
    assert (tmp_path / "a" / "b" / "c").read_bytes() == b"short"
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c"]


def test_where_a_folder_is_needed_and_a_file_stands_it_is_told(tmp_path: Path) -> None:
    write_file(tmp_path, "a", b"a file")
    for path in ("a/b", "a/b/c"):
        with pytest.raises(FileError) as caught:
            write_file(tmp_path, path, b"new")
        assert caught.value.place == path
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError):
        write_file(tmp_path, "folder", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "folder"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("before", [None, b"before"])
def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, before: bytes | None
) -> None:
    if before is not None:
        write_file(tmp_path, "file", before)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(FileError, match=r"file: cannot be written: No space left on device"):
        write_file(tmp_path, "file", b"after")
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert found == ({} if before is None else {"file": before})


def test_a_file_is_on_the_disk_before_it_gets_its_name_and_its_name_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(number: int) -> None:
        done.append("folder" if os.path.isdir(number) else "file")  # noqa: PTH112
        fsync(number)

    def noted_replace(source: Path, target: Path) -> None:
        done.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write_file(tmp_path, "file", b"data")
    assert done == ["file", "name", "folder"]
    done.clear()
    write_file(tmp_path, "new/file", b"data")
    assert done == ["folder", "file", "name", "folder"]
    done.clear()
    write_file(tmp_path, "file", b"data", durable=False)
    assert done == ["name"]
