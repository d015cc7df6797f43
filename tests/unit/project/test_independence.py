"""Where coders work independently nobody changes another's codings; elsewhere the journal names who did."""

from __future__ import annotations

import pytest

import qualcase
from qualcase.coding.places import SpanPlace
from qualcase.model.errors import ConflictError
from qualcase.project import create_project

ACTS = {
    "recode": lambda desk, uid: desk.recode(uid, "NS.THREAT"),
    "recode many": lambda desk, uid: desk.recode((uid,), "NS.THREAT"),
    "resize": lambda desk, uid: desk.resize(uid, 0, 3),
    "describe": lambda desk, uid: desk.describe(uid, key=True),
    "remove": lambda desk, uid: desk.remove(uid),
}


def make(folder, mode):
    (folder / "interview.txt").write_text("We trusted each other.\n", encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna", mode=mode) as project:
        project.sources.import_paths([folder / "interview.txt"])
        (coding,) = project.codings.add(project.sources.list()[0], "KM.TRUST", SpanPlace(0, 10))
    return folder / "study.qualcase", coding.uid


@pytest.mark.parametrize("act", ACTS)
def test_anothers_coding_is_left_alone_where_coders_are_independent(tmp_path, act):
    path, uid = make(tmp_path, "coding-reliability")
    with qualcase.open(path, coder="Bo") as project:
        before = project.store.digest()
        with pytest.raises(ConflictError, match="Coders work independently here, and 1 of these is Anna’s"):
            ACTS[act](project.codings, uid)
        assert project.store.digest() == before
    with qualcase.open(path, coder="anna") as project:
        ACTS[act](project.codings, uid)
        assert project.store.digest() != before


@pytest.mark.parametrize("mode", ["codebook", "reflexive"])
def test_elsewhere_it_may_be_changed_and_the_journal_says_by_whom(tmp_path, mode):
    path, uid = make(tmp_path, mode)
    with qualcase.open(path, coder="Bo") as project:
        project.codings.recode(uid, "NS.THREAT")
        assert (project.journal.log(1)[0].coder, project.codings.find(uid).coder) == ("Bo", "Anna")
