"""An act is decided on what is there when it is written: whoever acts at the same moment waits."""

from __future__ import annotations

import pytest

from qualcase.model.errors import UsageError
from qualcase.model.operation import Operation
from qualcase.project import open_project
from qualcase.project.coding_files import COLUMNS, import_codings
from qualcase.storage.store import Store


def attributes(project, folder, source):
    file = folder / "more.csv"
    file.write_text(f"source,place\n{source.handle},South\n", encoding="utf-8")
    project.attributes.import_file(file, "source")


def codings(project, folder, source):
    file = folder / "codings.csv"
    cells = {"file": "berit.txt", "quote": "We met twice", "occurrence": "1", "code": "KM.TRUST"}
    row = ",".join(cells.get(name, "") for name in COLUMNS)
    file.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    import_codings(project, file, {"berit.txt": source}, done=True)


ACTS = {
    "event": lambda project, _, source: project.events.add("Met", source=source, quote="We met twice"),
    "phase": lambda project, *_: project.events.add_phase("P2", "Later", opening="the workshop"),
    "memo edit": lambda project, *_: project.memos.edit(project.memos.list()[0].uid, "Other words"),
    "memo remove": lambda project, *_: project.memos.remove(project.memos.list()[0].uid),
    "done": lambda project, _, source: project.sources.mark_done(source),
    "title": lambda project, _, source: project.sources.describe(source, title="First talk"),
    "case": lambda project, *_: project.cases.create("North"),
    "member": lambda project, _, source: project.cases.assign("second", source),
    "attributes": attributes,
    "actor name": lambda project, *_: project.actors.rename("Berit", "Berit N"),
    "actor role": lambda project, *_: project.actors.describe("Berit", role="lead"),
    "actors one": lambda project, *_: project.actors.merge("Berit", "Interviewer"),
    "set": lambda project, _, source: project.sets.add("mine", "sources", [source.handle]),
    "set gone": lambda project, *_: project.sets.remove("kept"),
    "question": lambda project, *_: project.queries.save("of trust", "KM.TRUST"),
    "question gone": lambda project, *_: project.queries.remove("kept"),
    "codebook": lambda project, *_: project.codebook.import_file("cop-leadership"),
    "code": lambda project, *_: project.codebook.retire("KM.TRUST"),
    "suggestion": lambda project, *_: project.suggestions.accept(project.suggestions.propose()[0].uid),
    "no": lambda project, *_: project.suggestions.reject(project.suggestions.propose()[0].uid),
    "codings": codings,
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_looks_and_writes_in_one_transaction(project, source, tmp_path, name, monkeypatch):
    project.memos.add("Words")
    project.cases.create("second")
    project.sets.add("kept", "sources", ["S1"])
    project.queries.save("kept", "KM.TRUST")
    begun = []
    begin = Store._begin_writing
    monkeypatch.setattr(Store, "_begin_writing", lambda *given: begun.append(1) or begin(*given))
    before = project.journal.size()
    ACTS[name](project, tmp_path, source)
    assert project.journal.size() > before
    assert len(begun) == 1


def test_a_desk_that_writes_what_it_decided_before_is_wrong(project):
    with pytest.raises(RuntimeError, match="one_transaction"):
        project.cases._commit(Operation("case", "Nothing", ()))


def test_a_source_is_marked_as_done_once_by_a_person_in_two_windows(project, source):
    with open_project(project.path, coder="Anna") as other:
        other.sources.mark_done(source)
        with pytest.raises(UsageError, match="Anna has marked S1 as coded through already"):
            project.sources.mark_done(source)
        project.sources.reopen(source)
        assert other.sources.find("S1").done == ()


def test_a_source_speaks_of_a_case_once(project, source):
    [case] = project.cases.list()
    with pytest.raises(UsageError, match=r"^S1 speaks of study already"):
        project.cases.assign(case, source)
    project.cases.assign(case, source, turn=2)
    with pytest.raises(UsageError, match=r"^Turn 2 of S1 speaks of study already"):
        project.cases.assign(case, source, turn=2)
    project.cases.assign(case, source, turn=4)
    assert project.sources.find("S1").cases == ("study",)
