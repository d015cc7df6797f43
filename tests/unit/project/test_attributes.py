from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from qualcase.coding.errors import CannotUndoError
from qualcase.model.errors import InputError, UsageError
from qualcase.project.attribute_types import as_number, infer_type
from qualcase.project.importing import ImportOptions

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.project import Project


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "22", "-3.5", ""], "number"),
        (["1,5", "2"], "number"),
        (["1,500"], "text"),
        (["007", "12"], "text"),
        (["yes", "No"], "boolean"),
        (["ja", "nein"], "boolean"),
        (["0", "1"], "number"),
        (["2019-02-04", "2019-03"], "date"),
        (["2019-02-30"], "text"),
        (["1922", "c 1924"], "text"),
        (["1922", "1923"], "number"),
        (["inf", "nan"], "text"),
        (["", " "], "text"),
        (["+49301234567890123"], "text"),
    ],
)
def test_the_type_of_a_column_is_told_by_all_its_values(values: list[str], kind: str) -> None:
    assert infer_type(values) == kind


def test_numbers_behind_values() -> None:
    assert as_number("1,5", "number") == 1.5
    assert (as_number("yes", "boolean"), as_number("nei", "boolean")) == (1.0, 0.0)
    assert as_number("2019-02-04", "date") is None
    assert as_number("12", "text") is None


def write(tmp_path: Path, text: str, name: str = "about.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def values(project: Project, owner: str) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        attribute.name: (attribute.type, attribute.values) for attribute in project.attributes.list(owner)
    }


def test_sources_cases_and_actors_get_typed_attributes(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, "file,age,signed,first met,town\nberit.txt,41,yes,2008-06,Oslo\n")
    report = project.attributes.import_file(path, "source")
    assert (report.owners, report.values) == (1, 4)
    assert values(project, "source") == {
        "age": ("number", {"S1": "41"}),
        "signed": ("boolean", {"S1": "yes"}),
        "first met": ("date", {"S1": "2008-06"}),
        "town": ("text", {"S1": "Oslo"}),
    }
    assert project.sources.find("S1").attributes["age"] == "41"
    project.attributes.import_file(write(tmp_path, "name;members\nSTUDY;12\n"), "case")
    assert values(project, "case") == {"members": ("number", {"study": "12"})}
    project.attributes.import_file(write(tmp_path, "actor\tsince\nBerit\t1999\n", "a.tsv"), "actor")
    assert values(project, "actor") == {"since": ("number", {"Berit": "1999"})}
    assert len(project.attributes.list()) == 6


def test_a_workbook_says_the_same(project: Project, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("source", "age", "signed"), ("S1", 41, True)):
        book.worksheets[0].append(row)
    data = io.BytesIO()
    book.save(data)
    path = tmp_path / "about.xlsx"
    path.write_bytes(data.getvalue())
    project.attributes.import_file(path, "source")
    assert values(project, "source") == {
        "age": ("number", {"S1": "41"}),
        "signed": ("boolean", {"S1": "TRUE"}),
    }


def test_a_second_file_changes_values_and_an_empty_cell_nothing(project: Project, tmp_path: Path) -> None:
    project.attributes.import_file(write(tmp_path, "source,age,town\nS1,41,Oslo\n"), "source")
    operations = len(project.journal.log())
    again = project.attributes.import_file(write(tmp_path, "source,age,town\nS1,41,\n"), "source")
    assert (again.owners, again.values, len(project.journal.log())) == (0, 0, operations)
    project.attributes.import_file(write(tmp_path, "source,age\nS1,forty-two\n"), "source")
    assert values(project, "source") == {
        "age": ("text", {"S1": "forty-two"}),
        "town": ("text", {"S1": "Oslo"}),
    }


def test_undo_takes_back_values_and_types(project: Project, tmp_path: Path) -> None:
    project.attributes.import_file(write(tmp_path, "source,age\nS1,41\n"), "source")
    project.attributes.import_file(write(tmp_path, "source,age\nS1,old\n"), "source")
    project.journal.undo()
    assert values(project, "source") == {"age": ("number", {"S1": "41"})}
    project.journal.undo()
    assert values(project, "source") == {}
    project.journal.redo(2)
    assert values(project, "source") == {"age": ("text", {"S1": "old"})}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source,age\nS1,41\nS9,3\n", "about.csv, row 3: there is no source “S9”."),
        ("source,age\n,41\n", "row 2: the column “source” is empty"),
        ("source,age\nS1,41\nberit.txt,42\n", "stands there twice"),
        ("source,age,age\nS1,41,4\n", "column “age” twice"),
        ("source,age\n", "no rows of attributes"),
        ("", "no rows of attributes"),
    ],
)
def test_a_wrong_file_changes_nothing(project: Project, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        project.attributes.import_file(write(tmp_path, text), "source")
    assert said in refused.value.message
    assert project.attributes.list() == ()


def test_wrong_owners_and_files(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        project.attributes.import_file(write(tmp_path, "a,b\n1,2\n"), "code")
    with pytest.raises(InputError):
        project.attributes.import_file(tmp_path / "absent.csv", "source")
    with pytest.raises(InputError):
        project.attributes.import_file(write(tmp_path, "x", "a.txt"), "source")


def test_metadata_columns_are_typed_by_the_whole_column(project: Project, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path, f"words of {name}", name)
    metadata = write(tmp_path, "file,age,code\na.txt,41,12\nb.txt,,x3\n", "metadata.csv")
    project.sources.import_paths([tmp_path / "a.txt", tmp_path / "b.txt"], ImportOptions(metadata=metadata))
    assert {name: kind for name, (kind, _) in values(project, "source").items()} == {
        "age": "number",
        "code": "text",
    }


SURVEY = (
    "id,age,Date,Comment\n"
    'R07,41,2019-02-04,"I learned, slowly, to share what we knew."\n'
    "R08,,12/09/1991,Nothing worked at first.\n"
    "R09,33,,\n"
)


def test_a_survey_is_a_source_for_each_respondent(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path, SURVEY, "survey.csv")
    report = project.sources.import_paths([path], ImportOptions(text_column="comment"))
    assert [(source.handle, source.name, source.kind, source.date) for source in report.imported] == [
        ("R07", "survey.csv#2", "survey", "2019-02-04"),
        ("R08", "survey.csv#3", "survey", None),
    ]
    first, second = report.imported
    assert project.sources.text(first) == "I learned, slowly, to share what we knew."
    assert (first.title, first.informant, first.attributes) == ("survey, R07", "R07", {"age": "41"})
    assert second.attributes == {"Date (as written)": "12/09/1991"}
    assert [(passed.path.rpartition("/")[2], passed.reason) for passed in report.skipped] == [
        ("survey.csv#4", "its cell of “comment” is empty")
    ]
    assert values(project, "source")["age"] == ("number", {"R07": "41"})


def test_a_survey_that_grew_brings_its_new_rows_only(project: Project, tmp_path: Path) -> None:
    options = ImportOptions(text_column="Comment")
    project.sources.import_paths([write(tmp_path, SURVEY, "survey.csv")], options)
    report = project.sources.import_paths(
        [write(tmp_path, SURVEY + "R10,50,,Later.\n", "survey.csv")], options
    )
    assert [source.handle for source in report.imported] == ["R10"]
    assert sum("is there already" in passed.reason for passed in report.skipped) == 2


def test_rows_without_ids_are_called_by_their_number_and_never_clash(
    project: Project, tmp_path: Path
) -> None:
    options = ImportOptions(text_column="Answer")
    one = write(tmp_path, "age,Answer\n40,We met.\n41,We left.\n", "one.csv")
    two = write(tmp_path, "id,Answer\n1,We stayed.\n1,We slept.\n", "two.csv")
    report = project.sources.import_paths([one, two], options)
    assert [source.handle for source in report.imported] == ["R2", "R3", "two-R2", "two-R3"]


def test_a_survey_without_the_column_is_refused_with_its_columns(project: Project, tmp_path: Path) -> None:
    report = project.sources.import_paths(
        [write(tmp_path, SURVEY, "s.csv")], ImportOptions(text_column="Words")
    )
    (refused,) = report.refused
    assert refused.reason == "s.csv has no column “Words”."
    assert refused.hint == "Its columns: id, age, Date, Comment."


@pytest.mark.shared
def test_the_interviews_of_a_real_project_as_respondents(project: Project, shared: Path) -> None:
    """Looked up in the file: Patricia Colless was born in 1922, Rita Camilleri “c 1924”."""
    path = shared / "data/corpora/real/csv/ws_transcripts_metadata.csv"
    report = project.sources.import_paths([path], ImportOptions(text_column="Dublin Core: Description"))
    first = report.imported[0]
    assert first.attributes["Item Type Metadata: Birth Year"] == "1922"
    assert first.attributes["Dublin Core: Date Created"] == "12/09/1991"
    assert project.sources.text(first).startswith("Patricia Colless was born on 1st April, 1922, at Croydon")
    kinds = {attribute.name: attribute.type for attribute in project.attributes.list("source")}
    assert kinds["Item Type Metadata: Birth Year"] == "text"
    assert kinds["Dublin Core: Identifier"] == "number"


def test_attributes_in_use_by_another_keep_their_type(project: Project, tmp_path: Path) -> None:
    project.attributes.import_file(write(tmp_path, "source,age\nS1,41\n"), "source")
    write(tmp_path, "more words", "more.txt")
    metadata = write(tmp_path, "file,age\nmore.txt,33\n", "m.csv")
    project.coder = "Ole"
    project.sources.import_paths([tmp_path / "more.txt"], ImportOptions(metadata=metadata))
    project.coder = "Anna"
    with pytest.raises(CannotUndoError):
        project.journal.undo()
