"""Where coders work independently nothing tells one what another has coded, until both are through."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import qualcase
from qualcase.cli import cli
from qualcase.coding.places import QuotePlace
from qualcase.model.errors import QualcaseError, UsageError
from qualcase.project import create_project
from qualcase.project.codings import CodingFilter
from qualcase.project.evidence import trace_evidence
from qualcase.project.independence import HIDDEN, told_hidden
from qualcase.project.retrieval import CodePages, find_evidence, find_of_code

TEXT = "I: How was it?\nP1: We trusted each other. The money came later.\nI: Then?\nP1: Threats came.\n"
BENS = "The money came later."


def make(folder, mode="coding-reliability"):
    (folder / "talk.txt").write_text(TEXT, encoding="utf-8")
    with create_project(folder / "s.qualcase", ("four-process",), coder="Anna", mode=mode) as project:
        project.sources.import_paths([folder / "talk.txt"])
        source = project.sources.find("S1")
        project.codings.add(source, "KM.TRUST", QuotePlace("We trusted each other."))
        project.coder = "Ben"
        [coding] = project.codings.add(source, "CTX.FUND", QuotePlace(BENS), memo="Ben’s own note")
        project.codings.describe(coding.uid, valence="-")
        project.memos.add("what Ben thinks of it", about=("coding", coding.uid))
        project.memos.add("what Ben thinks of S1", about=("source", "S1"))
        project.codebook.narrow("CTX.FUND", definition="Public money that is given.")
    return folder / "s.qualcase", coding.uid


@pytest.fixture
def path(tmp_path):
    return make(tmp_path)[0]


def told(project, uid):
    """Yield all that the desks tell of codings, as text."""
    yield repr(project.codings.list())
    yield repr(project.codings.in_source(project.sources.find("S1")))
    yield repr(project.codings.read((uid,)))
    yield repr(project.journal.log())
    yield repr(project.journal.page(50))
    yield repr([project.journal.changes(one.id) for one in project.journal.log()])
    yield repr(project.memos.list())
    yield repr(project.memos.register().rows)
    yield repr(project.queries.page("CTX.FUND"))
    yield repr(list(project.queries.ask("CTX.FUND").passages()))
    yield repr(find_of_code(project, "CTX.FUND", subtree=False).listing(project, None).segments(0, 50, 0))
    yield repr(CodePages(project, "CTX.FUND", subtree=False).segments(0, 50, 0))
    yield repr(find_evidence(project, [uid]).listing(project, None).segments(0, 50, 0))
    yield repr(trace_evidence(project, [uid]))
    yield repr(project.codebook.reread())
    yield repr(project.tables.cross("code", "coder", cell="quotes"))
    yield repr(project.reports.passages(CodingFilter(), "md"))


def test_nothing_of_anothers_is_told_and_ones_own_is(tmp_path):
    path, uid = make(tmp_path)
    with qualcase.open(path, coder="Anna") as project:
        for said in told(project, uid):
            assert "money came" not in said
            assert "what Ben thinks" not in said
            assert "own note" not in said
            assert "as CTX.FUND" not in said
        assert [one.code for one in project.codings.list()] == ["KM.TRUST"]
        with pytest.raises(UsageError, match="that coding is Ben’s"):
            project.codings.find(uid)
    with qualcase.open(path, coder="ben") as project:
        assert [one.code for one in project.codings.list()] == ["CTX.FUND"]
        assert len(project.memos.list()) == 2
        assert "Changed valence of CTX.FUND" in repr(project.journal.log())


def counted(path, coder):
    """How often each code was used, and the codes that were never, as one coder is told."""
    with qualcase.open(path, coder=coder) as project:
        said = [finding.message for _, finding in project.codebook.check()]
        never = {one.split()[2] for one in said if "never used" in one}
        return (
            project.codebook.usage(),
            {"KM.TRUST", "CTX.FUND"} & never,
            any("are shown" in one for one in said),
        )


def test_codes_are_counted_as_far_as_codings_may_be_seen(path):
    assert counted(path, "Anna") == ({"KM.TRUST": 1}, {"CTX.FUND"}, True)
    assert counted(path, "Ben") == ({"CTX.FUND": 1}, {"KM.TRUST"}, True)
    for coder in ("Anna", "Ben"):
        with qualcase.open(path, coder=coder) as project:
            assert project.rounds.hidden().endswith("marked it as coded through.")
            project.sources.mark_done(project.sources.find("S1"))
    assert counted(path, "Anna") == ({"KM.TRUST": 1, "CTX.FUND": 1}, set(), False)
    with qualcase.open(path, coder="Anna") as project:
        assert project.rounds.hidden() == ""


def test_sources_are_listed_with_as_many_codings_as_may_be_seen(path):
    counts = []
    for coder in ("Anna", "Ben", "Lead"):
        with qualcase.open(path, coder=coder) as project:
            counts.append(project.sources.find("S1").codings)
    assert counts == [1, 1, 0]
    for coder in ("Anna", "Ben"):
        with qualcase.open(path, coder=coder) as project:
            project.sources.mark_done(project.sources.find("S1"))
    with qualcase.open(path, coder="Anna") as project:
        assert project.sources.find("S1").codings == 2


def test_codes_that_are_always_together_elsewhere_are_not_told(path):
    with qualcase.open(path, coder="Ben") as project:
        source = project.sources.find("S1")
        for quote in ("How was it?", "We trusted each other.", "Threats came."):
            for code in ("NS.THREAT", "NS.MEMBER"):
                project.codings.add(source, code, QuotePlace(quote))
        assert "always used together" in repr(project.codebook.check())
    with qualcase.open(path, coder="Anna") as project:
        assert "always used together" not in repr(project.codebook.check())


@pytest.mark.parametrize(
    "words", [("list",), ("show", "CTX.FUND"), ("check",), ("rename", "CTX.FUND", "--name", "F")]
)
def test_the_command_line_says_that_not_all_is_counted(path, words):
    answer = CliRunner().invoke(cli, ["-p", str(path), "--coder", "Anna", "codebook", *words])
    assert (answer.exit_code, "are not shown yet" in answer.stderr) == (0, True)
    [of_theirs] = [line for line in answer.stdout.splitlines() if "CTX.FUND  " in line] or [""]
    assert "1 coding" not in of_theirs
    assert words[0] != "show" or "0 codings" in answer.stdout


def test_the_list_of_sources_says_that_not_all_is_counted(path):
    answer = CliRunner().invoke(cli, ["-p", str(path), "--coder", "Anna", "sources"])
    assert (answer.exit_code, "are not shown yet" in answer.stderr) == (0, True)


def test_that_others_have_acted_is_told_and_counted(path):
    with qualcase.open(path, coder="Anna") as project:
        hidden = [one for one in project.journal.log() if one.summary == HIDDEN]
        assert {one.coder for one in hidden} == {"Ben"}
        assert len(hidden) == 4
        assert "without 1 coding of others" in project.codings.data().filters[-1]
        assert project.rounds.agreement(("Anna", "Ben")).coders == ("Anna", "Ben")
        assert project.journal.verify().verified


def test_counts_over_codes_are_of_what_may_be_seen(path):
    with qualcase.open(path, coder="Anna") as project:
        source = project.sources.find("S1")
        project.codings.add(source, "NS", QuotePlace("We trusted each other."))
        counts = {("KM.TRUST", "s"): 1, ("NS", "s"): 1}
        assert project.queries.matrix() == counts
        assert project.queries.cooccurrence() == {("KM.TRUST", "NS"): 1}
        project.sources.mark_done(source)
        project.coder = "Ben"
        assert project.queries.matrix() == {("CTX.FUND", "s"): 1}
        assert project.queries.cooccurrence() == {}
        project.sources.mark_done(source)
        assert project.queries.matrix() == {**counts, ("CTX.FUND", "s"): 1}


def test_both_being_through_opens_it(tmp_path):
    path, uid = make(tmp_path)
    with qualcase.open(path, coder="Ben") as project:
        project.sources.mark_done(project.sources.find("S1"))
        project.coder = "Anna"
        assert [one.code for one in project.codings.list()] == ["KM.TRUST"]
        with pytest.raises(QualcaseError):
            project.rounds.disagreements(("Anna", "Ben"))
        project.sources.mark_done(project.sources.find("S1"))
        assert [one.code for one in project.codings.list()] == ["KM.TRUST", "CTX.FUND"]
        assert project.codings.find(uid).memo == "Ben’s own note"
        assert len(project.memos.list()) == 2
        assert project.rounds.disagreements(("Anna", "Ben"))
        assert HIDDEN not in {one.summary for one in project.journal.log()}
        assert not project.codings.data().filters


def test_who_has_coded_nothing_sees_a_source_once_the_two_who_coded_it_are_through(tmp_path):
    path, _ = make(tmp_path)
    with qualcase.open(path, coder="Lead") as project:
        source = project.sources.find("S1")
        for coder in ("Anna", "Ben"):
            assert (project.codings.list(), bool(told_hidden(project))) == ((), True)
            project.coder = coder
            project.sources.mark_done(source)
            project.coder = "Lead"
        assert (len(project.codings.list()), told_hidden(project)) == (2, None)
        assert not project.codings.data().filters


def test_one_coders_work_is_not_shown_to_the_second_before_they_have_begun(tmp_path):
    (tmp_path / "talk.txt").write_text(TEXT, encoding="utf-8")
    with create_project(tmp_path / "s.qualcase", coder="Anna", mode="coding-reliability") as project:
        project.sources.import_paths([tmp_path / "talk.txt"])
        source = project.sources.find("S1")
        project.codings.add(source, "KM.TRUST", QuotePlace("We trusted each other."))
        project.sources.mark_done(source)
        assert told_hidden(project) is None
        project.coder = "Ben"
        assert project.codings.list() == ()
        assert "once each has marked it" in told_hidden(project)


@pytest.mark.parametrize("mode", ["codebook", "reflexive"])
def test_elsewhere_all_is_seen(tmp_path, mode):
    path, uid = make(tmp_path, mode)
    with qualcase.open(path, coder="Anna") as project:
        assert len(project.codings.list()) == 2
        assert project.codings.find(uid).quote == BENS
        assert len(project.memos.list()) == 2
        assert told_hidden(project) is None
