"""Searching, asking, sets and memos as they are typed."""

from __future__ import annotations

import json
import shlex

import pytest


def asked(run, *words):
    answer = run(*words, "--json")
    assert answer.code == 0, (words, answer.err)
    return answer.json


def test_search_prints_hits_in_the_shape_of_the_contract(run, study):
    found = asked(run, "search", '"trust grew"')["hits"]
    text = asked(run, "show", "S1")["text"]
    (hit,) = found
    assert hit.keys() >= {"source", "start", "end", "snippet"}
    assert (hit["source"], text[hit["start"] : hit["end"]], hit["speaker"]) == ("S1", "trust grew", "Kari")
    assert "trust grew" in hit["snippet"]
    assert len(asked(run, "search", "the", "--limit", "1")["hits"]) == 1
    assert run("search", "went quiet").out.splitlines()[-1] == "1 hit"
    assert run("search", "absent").out == "0 hits\n"


def test_what_cannot_be_understood_has_a_caret_and_changes_nothing(run, study):
    before = (study / "study.qualcase").read_bytes()
    answer = run("search", "trust AND (grew")
    assert (answer.code, answer.out) == (2, "")
    shown, caret, error = answer.err.splitlines()
    assert shown[caret.index("^") :] == "(grew"
    assert error == "error: Bad query at character 11: the bracket is never closed."
    answer = run("query", "KM.TRUST NEAR/1q NS")
    assert answer.code == 2
    assert answer.err.splitlines()[1].index("^") == answer.err.splitlines()[0].index("NEAR")
    assert (study / "study.qualcase").read_bytes() == before


HOSTILE = {
    "many words": " ".join(["trust"] * 10_000),
    "long": "a" * 59_999,
    "ands": "AND " * 15_000,
    "column": "rowid : trust*",
    "caret": "^trust OR*",
    "sql": "'; DROP TABLE coding; --",
    "wildcards": "%_" * 2000,
    "brackets": "(" * 30_000,
    "quotes": '"' * 4001,
    "near": "NEAR(trust grew, 5)",
    "nul": "tr\0ust",
    "stars": "*" * 5000,
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("command", ["search", "query"])
def test_hostile_questions_from_a_file_find_something_or_are_refused(run, study, command, what):
    before = (study / "study.qualcase").read_bytes()
    (study / "q.txt").write_text(HOSTILE[what], encoding="utf-8")
    answer = run(command, "@q.txt", "--json")
    assert answer.code in {0, 2}
    if answer.code == 0:
        assert isinstance(answer.json["hits"], list)
    else:
        assert len(answer.errors) == 1
        assert len(answer.err) < 1000
    assert "Traceback" not in answer.err
    assert (study / "study.qualcase").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "part"),
    [(None, "cannot be read"), (b"\xff\xfe\x00", "UTF-8"), (b"a" * (1 << 21), "too long")],
)
def test_a_file_that_holds_no_question_is_said_to(run, study, content, part):
    if content is not None:
        (study / "q.txt").write_bytes(content)
    answer = run("search", "@q.txt")
    assert (answer.code, len(answer.errors)) == (2, 1)
    assert part in answer.errors[0]


def test_what_is_found_is_coded_as_one_act(run, study):
    made = asked(run, "search", "trust OR cancelled", "--code", "NS", "--as", "sentence")["codings"]
    assert [(one["quote"], one["origin"]) for one in made] == [
        ("Then trust grew.", "search"),
        ("The hospital cancelled.", "search"),
    ]
    assert [one["kind"] for one in asked(run, "undo")["operations"]] == ["code-many"]
    assert len(asked(run, "codings")["codings"]) == 3
    assert run("search", "trust", "--as", "turn").code == 2
    assert run("search", "trust", "--code", "NS", "--as", "word").code == 2


def test_questions_are_answered_grouped_counted_and_kept(run, study):
    answer = asked(run, "query", "KM.TRUST+ OR NS.THREAT", "--group-by", "code", "--save", "both")
    assert answer["count"] == 3
    assert [(one["group"], one["count"]) for one in answer["groups"]] == [("KM.TRUST", 2), ("NS.THREAT", 1)]
    assert all(hit.keys() >= {"source", "start", "end", "snippet", "evidence"} for hit in answer["hits"])
    ids = {coding["id"] for coding in asked(run, "codings")["codings"]}
    assert {one for hit in answer["hits"] for one in hit["evidence"]} == ids
    (kept,) = asked(run, "query", "list")["queries"]
    assert (kept["name"], kept["query"], kept["coder"]) == ("both", "KM.TRUST+ OR NS.THREAT", "Anna")
    assert asked(run, "query", "run", "BOTH", "--limit", "1")["count"] == 3
    asked(run, "query", "remove", "both")
    assert run("query", "run", "both").code == 2
    asked(run, "undo")
    assert len(asked(run, "query", "list")["queries"]) == 1
    lines = run("query", "KM.TRUST WITHIN KM.TRUST coder:Bjorn").out.splitlines()
    assert lines[0] == "S1 (1)"
    assert lines[-1] == "1 passage"


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("speaker:Kari", 2),
        ("actor:Kari", 2),
        ("layer:Anna", 2),
        ("layer:consensus", 0),
        ("case:Net NOT coder:Anna", 1),
        ("date:2009", 3),
        ("NOT date:2009 KM.TRUST", 0),
        ("set:one", 2),
        ("set:codes", 1),
        ("set:codes set:one", 0),
    ],
)
def test_questions_are_narrowed_by_what_the_project_knows(run, study, question, count):
    asked(run, "set", "add", "one", "S1")
    asked(run, "set", "add", "codes", "NS.THREAT", "--codes")
    assert asked(run, "query", question)["count"] == count


@pytest.mark.parametrize("question", ["KM.NOSUCH", "KM coder:Zoe", "KM actor:Zoe", "set:none", "KM wave=2"])
def test_a_name_that_is_not_there_is_pointed_at(run, study, question):
    answer = run("query", question)
    assert (answer.code, len(answer.errors)) == (2, 1)
    assert "^" in answer.err


def test_sets_grow_shrink_and_come_back(run, study):
    asked(run, "set", "add", "wave one", "S1")
    assert asked(run, "set", "add", "Wave One", "S2")["sets"][0]["members"] == ["S1", "S2"]
    assert asked(run, "set", "remove", "wave one", "S1")["sets"][0]["members"] == ["S2"]
    assert asked(run, "set", "show", "wave one")["sets"][0]["kind"] == "sources"
    asked(run, "set", "remove", "wave one")
    assert asked(run, "set", "list")["sets"] == []
    asked(run, "undo", "2")
    assert asked(run, "set", "list")["sets"][0]["members"] == ["S1", "S2"]
    for words in (
        ["add", "wave one", "KM", "--codes"],
        ["add", "(x)", "S1"],
        ["show", "none"],
        ["add", "x", "S9"],
    ):
        assert run("set", *words).code == 2


def test_memos_link_and_are_listed_both_ways(run, study):
    first = asked(run, "memo", "See @S1 and @km.trust.", "--kind", "reflexive", "--about", "coder:Bjorn")[
        "memos"
    ][0]
    assert first["links"] == [{"kind": "source", "name": "S1"}, {"kind": "code", "name": "KM.TRUST"}]
    assert first["about"] == {"kind": "coder", "name": "Bjorn"}
    asked(run, "memo", f"As @{first['id'][-8:]} said; write to anna@here.org")
    shown = asked(run, "memo", "show", first["id"])
    assert len(shown["memos"][0]["linked_from"]) == 1
    assert len(asked(run, "memo", "list", "--about", "KM.TRUST")["memos"]) == 2
    assert asked(run, "memo", "list", "--about", "S2")["memos"] == []
    assert "note: nothing here is called @nobody." in run("memo", "Ask @nobody", "--kind", "question").err


def test_the_register_keeps_every_wording(run, study):
    memo = asked(run, "memo", "I grew up here", "--kind", "reflexive")["memos"][0]["id"]
    asked(run, "memo", "edit", memo, "I grew up nearby")
    asked(run, "memo", "edit", memo, "I grew up far away")
    wordings = [one["text"] for one in asked(run, "memo", "show", memo)["wordings"]]
    assert wordings == ["I grew up here", "I grew up nearby", "I grew up far away"]
    page = run("memo", "list", "--kind", "reflexive", "--format", "md").out
    assert "# Reflexivity register: 1 memo" in page
    assert all(wording in page for wording in wordings)
    assert json.loads(run("memo", "list", "--format", "json").out)["display"] == "memos"


def test_a_memo_on_a_passage_is_written_and_listed_with_its_words(run, study):
    turn = asked(run, "memo", "add", "Who says so?", "--source", "S1", "--turn", "2")["memos"][0]
    assert turn["about"] == {"kind": "passage", "name": f"S1 {turn['start']}:{turn['end']}"}
    offsets = f"{turn['start']}:{turn['end']}"
    span = asked(run, "memo", "Is it so?", "--about", "S1", "--span", offsets)["memos"][0]
    place = ("source", "start", "end", "quote", "state")
    assert [span[name] for name in place] == [turn[name] for name in place]
    assert span["state"] == "placed"
    quote = asked(run, "memo", "Once more?", "--source", "S1", "--quote", span["quote"])["memos"][0]
    assert quote["start"] == span["start"]
    on_all = asked(run, "memo", "Of all")["memos"][0]
    assert [on_all[name] for name in place] == [None] * 5
    listed = asked(run, "memo", "list", "--about", "S1")["memos"]
    assert {one["id"] for one in (turn, span, quote)} <= {one["id"] for one in listed}
    assert f"  “{' '.join(quote['quote'].split())}”" in run("memo", "list").out


@pytest.mark.parametrize(
    "words",
    [
        ("--quote", "absent words", "--source", "S1"),
        ("--turn", "2"),
        ("--turn", "2", "--code", "KM.TRUST"),
        ("--turn", "2", "--span", "0:5", "--source", "S1"),
        ("--span", "0:500000", "--source", "S1"),
    ],
)
def test_a_place_that_no_memo_can_be_on_is_refused(run, study, words):
    before = asked(run, "memo", "list")
    assert run("memo", "add", "So?", *words).code == 2
    assert asked(run, "memo", "list") == before


def test_a_memo_that_was_removed_comes_back_whole(run, study):
    memo = asked(run, "memo", "On it", "--about", "S1")["memos"][0]
    asked(run, "memo", "remove", memo["id"])
    asked(run, "undo")
    assert asked(run, "memo", "list", "--about", "S1")["memos"] == [memo]


def test_a_code_is_named_after_the_words_of_a_passage_in_one_act(run, study):
    (made,) = asked(run, "code", "S1", "--in-vivo", "--quote", "we only dared to share", "--under", "KM")[
        "codings"
    ]
    assert (made["code"], made["quote"]) == ("KM.WE-ONLY-DARED-TO-SHARE", "we only dared to share")
    code = asked(run, "codebook", "show", made["code"])["codes"][0]
    assert (code["name"], code["parent"]) == ("we only dared to share", "KM")
    assert run("code", "S1", "--in-vivo", f"{made['start']}:{made['end']}").code == 2
    assert [one["kind"] for one in asked(run, "undo")["operations"]] == ["in-vivo"]
    assert run("codebook", "show", made["code"]).code == 2
    assert len(asked(run, "codings")["codings"]) == 3
    (made,) = asked(run, "code", "S1", "--in-vivo", "0:1")["codings"]
    assert made["code"] == "I"
    for words in (["KM", "--in-vivo", "0:1"], ["--in-vivo", "x"], ["--in-vivo", "--whole"], ["--turn", "1"]):
        assert run("code", "S1", *words).code == 2


def test_asked_for_in_groups_the_report_is_shown(run, study):
    page = run("codings", "--group-by", "source").out
    assert page.startswith("Coded passages by source: 3 passages")
    assert page == run("codings", "--group-by", "source", "--format", "terminal").out
    named = run("codings", "--code", "KM.TRUST", "--group-by", "source").out
    assert named.startswith("Coded passages of KM.TRUST by source: ")
    below = run("codings", "--code", "KM", "--subtree", "--group-by", "source").out
    assert below.startswith("Coded passages of KM and the codes below it, by source: ")
    answer = run("codings", "--group-by", "year")
    assert (answer.code, answer.out) == (2, "")
    assert len(asked(run, "codings", "--group-by", "source")["codings"]) == 3


def test_passages_are_grouped_by_phase_and_csv_has_the_context(run, study):
    page = run("codings", "--format", "md", "--group-by", "phase").out
    assert "## P1 First (3)" in page
    table = run("codings", "--format", "csv", "--context", "5").out
    assert ",before,after," in table.splitlines()[0]


def test_a_page_of_passages_names_its_codes_and_cuts_no_word(run, study):
    page = run("codings", "--format", "md", "--context", "12").out
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    code = asked(run, "codings")["codings"][0]["code"]
    name = asked(run, "codebook", "show", code)["codes"][0]["name"]
    assert any(line.startswith(f"## {code} {name} (") for line in headings)
    words = set(asked(run, "show", "S1")["text"].split()) | set(asked(run, "show", "S2")["text"].split())
    around = [
        line[len("> …") : line.index("“")].split() for line in page.splitlines() if line.startswith("> …")
    ]
    assert any(around)
    assert {word for line in around for word in line} <= words


def test_where_codings_are_not_shown_a_sentence_says_so_and_none_where_all_are(run, tmp_path):
    path = str(tmp_path / "blind.qualcase")
    (tmp_path / "talk.txt").write_text("We trusted each other. Nobody came.\n", encoding="utf-8")
    for words in (
        ("new", path, "--mode", "coding-reliability"),
        ("-p", path, "import", str(tmp_path / "talk.txt")),
        ("-p", path, "--coder", "Anna", "code", "S1", "KM.TRUST", "--quote", "We trusted each other."),
        ("-p", path, "--coder", "Bo", "code", "S1", "NS", "--quote", "Nobody came."),
    ):
        assert run(*words).code == 0, words
    shown = {}
    for done in ((), ("Anna", "Bo")):
        for coder in done:
            assert run("-p", path, "--coder", coder, "source", "done", "S1").code == 0
        answers = [
            run("-p", path, "--coder", "Bo", *words)
            for words in (
                ("codings",),
                ("query", "KM.TRUST"),
                ("table", "--rows", "code", "--columns", "coder"),
            )
        ]
        assert {answer.code for answer in answers} == {0}
        shown[bool(done)] = {"not shown yet: coders work independently" in answer.err for answer in answers}
    assert shown == {False: {True}, True: {False}}


@pytest.mark.parametrize(
    ("asked", "wider"),
    [
        ("KM", "KM+"),
        ("KM AND source:S1 NOT NS", "'KM+ AND source:S1 NOT NS'"),
        ('"Managing knowledge mobility"', """'"Managing knowledge mobility"+'"""),
    ],
)
def test_a_code_without_codings_of_its_own_names_the_question_for_those_below(run, study, asked, wider):
    answer = run("query", asked)
    assert (answer.code, answer.out) == (0, "0 passages\n")
    said, command = answer.err.splitlines()
    assert said == "KM itself has no codings; the codes below it have 2."
    assert command == f"To ask for these: qualcase query ask {wider}"
    assert run(*shlex.split(command)[5:]).out.endswith("2 passages\n")
    assert run("query", "KM.SHARE").err == ""


def test_so_does_a_list_of_passages(run, study):
    answer = run("codings", "--code", "KM", "--source", "S1")
    command = answer.err.strip().partition("To list these: ")[2]
    assert command == "qualcase codings --code KM --source S1 --subtree"
    assert run(*command.split()[1:]).out.endswith("2 codings\n")
    assert run("codings", "--code", "KM.SHARE").err == ""


def kept(run):
    return [(one["name"], one["query"], one["coder"]) for one in asked(run, "query", "list")["queries"]]


def test_a_question_of_ones_own_is_replaced_and_what_it_asked_is_said(run, study):
    assert run("query", "ask", "KM.TRUST", "--save", "z").err == ""
    assert run("query", "ask", "KM.TRUST", "--save", "z").err == ""
    said = run("query", "ask", "KM+", "--save", "Z").err
    assert said == "Replaced the question z, which was: KM.TRUST\n"
    assert kept(run) == [("z", "KM+", "Anna")]


def test_a_question_of_another_is_replaced_only_where_that_is_asked_for(run, study):
    run("query", "ask", "KM.TRUST", "--save", "z")
    refused = run("--coder", "Bo", "query", "ask", "NS+", "--save", "z")
    assert (refused.code, refused.out) == (2, "")
    assert refused.errors == ["error: z is a question of Anna’s, KM.TRUST; nothing was changed."]
    assert "hint: Take another name; or replace Anna’s, with --replace." in refused.err
    assert kept(run) == [("z", "KM.TRUST", "Anna")]
    assert run("--coder", "Bo", "query", "ask", "KM.TRUST", "--save", "z").code == 0
    said = run("--coder", "Bo", "query", "ask", "NS+", "--save", "z", "--replace").err
    assert said == "Replaced the question z, of Anna’s, which was: KM.TRUST\n"
    assert kept(run) == [("z", "NS+", "Bo")]
    asked(run, "--coder", "Bo", "undo")
    assert kept(run) == [("z", "KM.TRUST", "Anna")]
    assert run("query", "ask", "NS+", "--replace").code == 2


def test_a_memo_that_is_back_does_not_say_its_words_twice(run, study):
    memo = asked(run, "memo", "add", "one")["memos"][0]["id"]
    asked(run, "memo", "edit", memo, "two")
    asked(run, "memo", "remove", memo)
    asked(run, "undo")
    assert [one["text"] for one in asked(run, "memo", "show", memo)["wordings"]] == ["one", "two"]
    asked(run, "undo")
    assert [one["text"] for one in asked(run, "memo", "show", memo)["wordings"]] == ["one", "two", "one"]


@pytest.mark.parametrize("written", ["trust AND AND share", "trust AND AND", "trust AND", "AND trust"])
def test_an_and_without_words_on_both_sides_is_refused(run, study, written):
    answer = run("search", written)
    assert (answer.code, answer.errors[0].endswith("AND needs words on both sides.")) == (2, True)
