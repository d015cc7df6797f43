"""A row of the metadata CSV speaks of one file, and never of another that has the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.project.metadata_csv import read_metadata

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.project.metadata_csv import Metadata


def metadata(folder: Path, *names: str) -> Metadata:
    rows = "".join(f"{name},row {number}\n" for number, name in enumerate(names, start=1))
    table = folder / "metadata.csv"
    table.write_text(f"file,title\n{rows}", encoding="utf-8")
    return read_metadata(table)


def titles(table: Metadata, *files: Path) -> list[str | None]:
    return [table.row_for(file).get("title") for file in files]


def two_of_a_name(folder: Path) -> tuple[Path, Path]:
    (folder / "second").mkdir()
    files = (folder / "talk.txt", folder / "second" / "talk.txt")
    for file in files:
        file.write_text("Words.\n", encoding="utf-8")
    return files


def test_a_name_beside_the_csv_is_not_the_same_name_in_a_folder_below(tmp_path: Path) -> None:
    here, below = two_of_a_name(tmp_path)
    assert titles(metadata(tmp_path, "talk.txt"), here, below) == ["row 1", None]


def test_each_of_a_name_has_its_own_row(tmp_path: Path) -> None:
    here, below = two_of_a_name(tmp_path)
    assert titles(metadata(tmp_path, "second/talk.txt", "talk.txt"), here, below) == ["row 2", "row 1"]


def test_a_bare_name_finds_the_one_file_in_a_folder_below(tmp_path: Path) -> None:
    here, below = two_of_a_name(tmp_path)
    here.unlink()
    table = metadata(tmp_path, "talk.txt")
    assert titles(table, below) == ["row 1"]
    assert table.unused([below]) == []


def test_a_row_whose_file_was_not_given_is_named(tmp_path: Path) -> None:
    here, below = two_of_a_name(tmp_path)
    assert metadata(tmp_path, "talk.txt", "gone.txt").unused([here, below]) == ["gone.txt"]
