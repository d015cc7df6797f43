"""Changes of meaning on the command line: what waits, what was confirmed, and a report as of then."""

from __future__ import annotations

import json

import pytest


def ask(run, *words):
    answer = run(*words, "--json")
    assert answer.code == 0, answer.err
    return answer.json


def test_a_split_says_what_is_to_be_read_again_and_confirming_clears_it(run, study):
    assert run("report", "--format", "md,json", "-o", "before").code == 0
    split = run(
        "codebook",
        "split",
        "KM.TRUST",
        "--into",
        "KM.FAITH=Faith",
        "--into",
        "KM.PROOF=Proof",
        "--why",
        "two things",
    )
    assert (split.code, "2 codings and one event (E01) were left to be read again." in split.out) == (0, True)
    waiting = ask(run, "codebook", "reread", "KM.TRUST")["reread"]
    assert [(one["kind"], one["made_under"], one["changed_in"]) for one in waiting] == [
        ("coding", 1, 2), ("coding", 1, 2), ("event", 1, 2),
    ]  # fmt: skip
    assert len(ask(run, "codings", "--older")["codings"]) == 2
    mine = next(one["id"] for one in waiting if one["coder"] == "Anna")
    done = ask(run, "codebook", "confirm", mine, "E01", "--as", "KM.FAITH")
    assert (len(done["confirmed"]), done["code"], done["doubled"]) == (2, "KM.FAITH", 0)
    assert run("codebook", "confirm", "--all", "KM.TRUST").code == 0
    assert run("codebook", "reread").out == "Nothing is to be read again.\n"
    assert run("report", "--format", "md,json", "-o", "pinned", "--codebook-version", "1").code == 0
    for name in ("report.md", "report.json"):
        assert (study / "pinned" / name).read_bytes() == (study / "before" / name).read_bytes()


def test_a_code_tells_its_life(run, study):
    run("codebook", "narrow", "KM.TRUST", "--exclude", "trust in a thing", "--why", "too wide")
    told = run("codebook", "history", "KM.TRUST").out
    assert "Anna narrowed KM.TRUST, because “too wide”. 2 codings and one event (E01) were left" in told
    (begun, narrowed) = ask(run, "codebook", "history", "KM.TRUST")["history"]
    assert (begun["act"], narrowed["migration"], narrowed["codes"]) == (
        "begin",
        "to be read again",
        ["KM.TRUST"],
    )
    table = run("codebook", "history", "--format", "json")
    assert [column["label"] for column in json.loads(table.out)["columns"]][:5] == [
        "version",
        "who",
        "when",
        "what",
        "why",
    ]


@pytest.mark.parametrize(("verb", "part"), [("narrow", "exclude"), ("widen", "include")])
def test_what_narrows_or_widens_a_code_comes_to_what_it_excludes_or_includes_already(run, study, verb, part):
    (before,) = ask(run, "codebook", "show", "KM.TRUST")["codes"]
    words = ["trust in a thing", before[part][0]]
    options = [word for one in words for word in (f"--{part}", one)]
    (after,) = ask(run, "codebook", verb, "KM.TRUST", *options)["codes"]
    assert after[part] == [*before[part], words[0]]
    assert ask(run, "codebook", "edit", "KM.TRUST", f"--{part}", "this")["codes"][0][part] == ["this"]


def test_a_wording_leaves_nothing_to_be_read(run, study):
    made = ask(run, "codebook", "edit", "KM.TRUST", "--definition", "In other words.", "--same-meaning")
    assert (made["change"]["act"], made["change"]["reread_codings"]) == ("reword", 0)
    assert ask(run, "codebook", "reread")["reread"] == []


def test_a_crosswalk_goes_out_and_comes_in(run, study):
    run("codebook", "import", "cop-leadership")
    assert run("codebook", "crosswalk", "--export", "x.csv").code == 0
    gone = run("codebook", "crosswalk", "four-process-x-cop-leadership", "--remove")
    assert gone.out.startswith("Took out of the project:\nfour-process-x-cop-leadership: ")
    assert ask(run, "codebook", "crosswalk")["crosswalks"] == []
    (back,) = ask(run, "codebook", "crosswalk", "--import", "x.csv")["crosswalks"]
    assert back["rows"][-1]["filled_by"] == "NH"
    run("undo")
    assert run("codebook", "crosswalk", "--import", "x.csv").out.startswith("Laid down:\n")


def test_wrong_words_change_nothing(run, study):
    before = (study / "study.qualcase").read_bytes()
    for words in (
        ("split", "KM.TRUST"),
        ("split", "KM.TRUST", "--into", "KM.FAITH"),
        ("split", "KM.TRUST", "--into", "KM.FAITH", "--into", "km.faith"),
        ("narrow", "KM.TRUST"),
        ("narrow", "KM.TRUST", "--phrase", "only a phrase"),
        ("confirm",),
        ("confirm", "E01"),
        ("confirm", "--all", "KM.TRUST", "--as", "KM.TRUST"),
        ("crosswalk", "--remove"),
        ("crosswalk", "--import", "none.csv"),
        ("history", "NO.CODE"),
    ):
        answer = run("codebook", *words)
        assert (answer.code, len(answer.errors)) == (2, 1), words
    assert run("report", "-o", "x", "--codebook-version", "9").code == 2
    assert (study / "study.qualcase").read_bytes() == before
