"""What a file would become is shown before it is stored, and chosen file by file."""

from __future__ import annotations

import pytest

from qualcase.model.errors import InputError, QualcaseError
from qualcase.model.source import DocumentText, Turn
from qualcase.project import create_project
from qualcase.project.importing import ImportOptions
from qualcase.project.preview import find_label_style
from qualcase.readers.label_lines import Label
from qualcase.readers.labels import Labelling
from qualcase.readers.talk_signs import tell_style

TALK = """Interview with Ms Holm

Interviewer: How did the network begin?
Ms Holm [00:10]: We met at a fair.
Interviewer: And then?
Ms Holm [01:02]: Then trust grew slowly.
"""


@pytest.fixture
def study(tmp_path):
    with create_project(tmp_path / "study.qualcase", case="Network", coder="Anna") as project:
        yield project


def write(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_preview_tells_what_the_import_then_stores(study, tmp_path):
    path = write(tmp_path, "2008-06-12 Holm interview.txt", TALK)
    preview = study.sources.preview(path)
    [stored] = study.sources.import_chosen([(path, ImportOptions())]).imported
    for fact in ("sha256", "format", "encoding", "words", "turns", "speakers", "date", "date_basis", "kind",
                 "cases", "informant", "warnings"):  # fmt: skip
        assert getattr(preview, fact) == getattr(stored, fact), fact
    assert (preview.date, preview.date_basis) == ("2008-06-12", "file name")
    text = study.sources.text(stored)
    turns = [
        (turn.speaker, turn.timestamp, text[turn.start : turn.end]) for turn in study.sources.turns(stored)
    ]
    assert [(one.speaker, one.timestamp, one.text) for one in preview.parts if one.kind == "turn"] == turns


def test_nothing_is_stored_and_what_is_there_already_is_named(study, tmp_path):
    path = write(tmp_path, "a.txt", TALK)
    assert study.sources.preview(path).same_as == ""
    assert study.sources.list() == ()
    study.sources.import_paths([path])
    assert study.sources.preview(path).same_as == "S1 (a.txt)"


def talk(first, second):
    return "\n".join(f"{first if n % 2 else second}What number {n} says." for n in range(8)) + "\n"


@pytest.mark.parametrize(
    ("name", "text", "title", "example"),
    [
        ("a.txt", TALK, "names before a colon", "Interviewer:"),
        ("a.md", talk("**Anna:** ", "**Bo:** "), "names in bold", "**Bo:**"),
        ("a.txt", talk("INT>> ", "RES>> "), "names before “>”", "RES>>"),
        ("a.txt", talk("[id1] ", "[id2] "), "names in brackets", "[id2]"),
        ("a.txt", talk("ANNA\t", "BO\t"), "names before a tab", "BO"),
        ("a.txt", talk("<anna> ", "<bo> "), "names in angle brackets", "<bo>"),
        ("a.csv", "speaker,text\nAnna,One thing\nBo,Another\n" * 1, "as the file's format names them", ""),
    ],
)
def test_the_style_of_labels_is_named_with_an_example(study, tmp_path, name, text, title, example):
    labels = study.sources.preview(write(tmp_path, name, text)).labels
    assert (labels.title, labels.example) == (title, example)


def labelling(style, share):
    label = Label(0, 6, "Anna", None, style)
    return tell_style(Labelling((label,), style=style, share=share))


@pytest.mark.parametrize(
    ("warnings", "sure"),
    [((), "sure"), (labelling("brackets", 0.5), "fairly sure"), (labelling("colon", 0.2), "not sure")],
)
def test_the_preview_is_as_sure_as_the_reader(warnings, sure):
    document = DocumentText("Anna: Yes.", "txt", "utf-8", (Turn(6, 10, "Anna"),), warnings=warnings)
    assert find_label_style(document).sure == sure


def test_without_speakers_there_is_no_style_and_paragraphs_are_shown(study, tmp_path):
    path = write(tmp_path, "a.txt", TALK)
    preview = study.sources.preview(path, ImportOptions(speakers="none"))
    assert (preview.labels, preview.turns, preview.speakers) == (None, 0, ())
    assert {one.kind for one in preview.parts} <= {"paragraph", "heading"}


def test_each_file_has_its_own_options_and_all_are_one_act(study, tmp_path):
    first, second = (
        write(tmp_path, "a.txt", TALK),
        write(tmp_path, "b.txt", "Anteckningar på fältet.\n", "cp1252"),
    )
    report = study.sources.import_chosen(
        [
            (first, ImportOptions(date="2009", kind="focus_group", informant="Ms Holm")),
            (second, ImportOptions(encoding="cp1252", case="Other")),
        ]
    )
    assert [(one.date, one.kind, one.cases) for one in report.imported] == [
        ("2009", "focus_group", ("Network",)),
        (None, "document", ("Other",)),
    ]
    study.journal.undo()
    assert study.sources.list() == ()


def test_one_that_fails_does_not_stop_the_rest(study, tmp_path):
    good, bad = write(tmp_path, "a.txt", TALK), write(tmp_path, "b.docx", "no archive")
    report = study.sources.import_chosen([(bad, ImportOptions()), (good, ImportOptions())])
    assert [one.name for one in report.imported] == ["a.txt"]
    assert [one.path for one in report.refused] == [str(bad)]
    with pytest.raises(QualcaseError, match=r"b\.docx"):
        study.sources.preview(bad)


def test_an_import_that_is_stopped_stores_nothing(study, tmp_path):
    def stop(done, total, name):
        if done == 2:
            raise InputError("stopped")

    choices = [(write(tmp_path, f"{n}.txt", f"Note {n}. {TALK * 2000}"), ImportOptions()) for n in range(3)]
    with pytest.raises(InputError, match="stopped"):
        study.sources.import_chosen(choices, progress=stop)
    assert study.sources.list() == ()
    assert study.care.check().ok


def test_a_metadata_table_speaks_for_its_files(study, tmp_path):
    path = write(tmp_path, "a.txt", TALK)
    table = write(tmp_path, "m.csv", "file,date,kind\na.txt,2010-05,conversation\n")
    preview = study.sources.preview(path, ImportOptions(metadata=table))
    [stored] = study.sources.import_chosen([(path, ImportOptions())], table).imported
    assert (preview.date, preview.kind) == (stored.date, stored.kind) == ("2010-05", "conversation")


def test_a_file_that_cannot_be_read_or_is_empty_is_one_sentence(study, tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        study.sources.preview(tmp_path / "none.txt")
    with pytest.raises(InputError, match="holds no text"):
        study.sources.preview(write(tmp_path, "a.txt", " \n"))
