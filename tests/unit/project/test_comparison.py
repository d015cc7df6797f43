"""Agreement through the desk: labels are text, and a passage of several speakers is nobody's alone."""

from __future__ import annotations

import pytest

from qualcase.coding.places import SpanPlace, TurnPlace
from qualcase.model.errors import InputError
from qualcase.project.importing import ImportOptions


def _row(report, code):
    (row,) = (row for row in report.codes if row.code == code)
    return row


@pytest.fixture
def labelled(project, source):
    """Anna codes a label alone; Bo codes the speech behind it."""
    text = project.sources.text(source)
    label = text.index("Berit: We")
    project.codings.add(source, "KM.TRUST", SpanPlace(label, label + len("Berit:")))
    project.coder = "Bo"
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    return project


@pytest.mark.parametrize("unit", ["sentence", "turn"])
def test_a_label_belongs_to_the_unit_that_it_announces(labelled, unit):
    row = _row(labelled.rounds.agreement(("Anna", "Bo"), unit=unit), "KM.TRUST")
    assert row.both == 1
    assert row.first == 0


def test_without_the_interviewer_their_labels_are_gone_too(labelled, source):
    text = labelled.sources.text(source)
    speech = [turn for turn in labelled.sources.turns(source) if turn.speaker == "Interviewer"]
    asked = sum(turn.end - turn.start + len("Interviewer: ") for turn in speech)
    whole = _row(labelled.rounds.agreement(("Anna", "Bo")), "KM.TRUST")
    without = _row(labelled.rounds.agreement(("Anna", "Bo"), without_interviewer=True), "KM.TRUST")
    assert (whole.units, without.units) == (len(text), len(text) - asked)
    report = labelled.rounds.agreement(("Anna", "Bo"), "sentence", without_interviewer=True)
    assert _row(report, "KM.TRUST").units == 4


def test_a_passage_of_several_speakers_is_told_alike_everywhere(project, source):
    turns = project.sources.turns(source)
    (coding,) = project.codings.add(source, "NS", SpanPlace(turns[0].start, turns[1].end))
    assert coding.speaker is None
    data = project.codings.data()
    assert data.codings.speaker.tolist() == [-1]
    assert [data.voices[number] for number in data.codings.voice.tolist()] == ["Berit"]
    (quotation,) = project.reports.content().quotations
    assert quotation.who == "Interviewer and Berit"


def test_a_report_is_about_the_cases_that_sources_speak_of(project):
    project.cases.create("Nothing yet")
    assert project.reports.content().case == "study"


def test_a_bare_name_for_two_files_is_refused(project, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "note.txt").write_text(f"In {folder}.", encoding="utf-8")
    table = tmp_path / "about.csv"
    table.write_text("file,date\nnote.txt,2009\n", encoding="utf-8")
    before = project.store.digest()
    with pytest.raises(InputError, match=r"note\.txt.*2 files"):
        project.sources.import_paths([tmp_path / "one", tmp_path / "two"], ImportOptions(metadata=table))
    assert project.store.digest() == before
