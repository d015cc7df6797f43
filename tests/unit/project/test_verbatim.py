"""No report quotes a text that was altered behind the journal's back."""

from __future__ import annotations

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.project import open_project
from qualcase.project.codings import CodingFilter
from qualcase.storage import sqlite
from qualcase.storage.errors import AlteredTextError


@pytest.fixture
def told(project, source, tmp_path):
    """Return the project's file: two sources coded, of which one is quoted by the event E28."""
    (tmp_path / "kari.txt").write_text("Kari: It was slow.\n", encoding="utf-8")
    project.sources.import_paths([tmp_path / "kari.txt"])
    project.events.add("Trust", "2009", source=source, quote="Then we built trust, slowly.", id="E28")
    for handle in ("S1", "S2"):
        project.codings.add(project.sources.find(handle), "KM", SpanPlace(0, 11))
    project.close()
    return project.path


def alter(path, words, others):
    connection = sqlite.driver.connect(str(path))
    changed = connection.execute("UPDATE content SET text = replace(text, ?, ?)", (words, others)).rowcount
    connection.commit()
    connection.close()
    assert changed


def test_an_event_whose_words_were_altered_is_named_with_its_line_and_both_words(told, tmp_path):
    alter(told, "trust, slowly", "crust, slowly")
    with open_project(told, coder="Anna") as project:
        with pytest.raises(AlteredTextError) as fault:
            project.reports.write(("html", "md"), tmp_path / "report")
        for part in ("E28", "S1 (berit.txt)", "line 7", "“trust,”", "“crust,”"):
            assert part in fault.value.message
        assert not (tmp_path / "report").exists()
        assert fault.value.exit_code == 1


def test_a_text_that_was_altered_elsewhere_is_not_quoted_from(told, tmp_path):
    alter(told, "Kari: It was slow", "Kari: It was fast")
    with open_project(told, coder="Anna") as project:
        with pytest.raises(AlteredTextError, match=r"The text of S2 \(kari\.txt\) is not what was imported"):
            project.reports.write(("md",), tmp_path / "report")
        with pytest.raises(AlteredTextError, match="S2"):
            project.reports.passages(CodingFilter(), "md")
        assert "“Interviewer”" in project.reports.passages(CodingFilter(source="S1"), "md")


def test_a_sound_project_is_reported_and_so_is_one_that_was_corrected(told, tmp_path):
    with open_project(told, coder="Anna") as project:
        source = project.sources.find("S1")
        text = project.sources.text(source).replace("built trust", "built some trust")
        (tmp_path / "berit.txt").write_text(text, encoding="utf-8")
        project.editing.reimport(source, tmp_path / "berit.txt")
        assert project.reports.write(("md",), tmp_path / "report").written
