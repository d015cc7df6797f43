"""The JSON of every command has the keys that scripts rely on, and stdout has nothing else."""

from __future__ import annotations

import json

import pytest

SOURCE = {
    "source", "path", "format", "encoding", "language", "words", "characters", "turns", "speakers",
    "first_timestamp", "last_timestamp", "date", "sha256", "warnings",
}  # fmt: skip
CODING = {
    "id", "source", "start", "end", "quote", "code", "coder", "layer", "memo", "valence", "stance", "voice",
    "weight", "key", "origin", "state", "codebook_version", "created_at", "speaker",
}  # fmt: skip
CODE = {
    "id",
    "name",
    "parent",
    "kind",
    "definition",
    "include",
    "exclude",
    "key_phrases",
    "examples",
    "status",
}
EVENT = {"id", "title", "date", "quote", "actors", "codes", "phase", "valence", "voice", "extent"}
AGREEMENT = {
    "code", "units", "both", "first", "second", "neither", "percent", "cohen_kappa", "cohen_kappa_se",
    "fleiss_kappa", "krippendorff_alpha", "gwet_ac1", "pabak", "positive_agreement", "u_alpha_binary",
    "ci95", "ci_method", "note",
}  # fmt: skip
DISPLAY = {"display", "title", "manifest", "columns", "rows", "notes"}


def asked(run, *words):
    """Run with --json, and return the one document that stdout holds."""
    answer = run(*words, "--json")
    assert answer.code == 0, answer.err
    assert answer.err == ""
    return answer.json


def test_new(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = asked(run, "new", "a.qualcase", "--codebook", "four-process", "--codebook", "cop-leadership")
    assert made["project"] == "a.qualcase"
    assert made["codebooks"] == ["four-process", "cop-leadership"]
    assert made["mode"] == "codebook"
    assert made["cases"] == ["a"]


def test_import(run, study):
    (study / "b.txt").write_text("I: Why?\n\nOla: Because.\n\nI: Really?\n\nOla: Yes.\n", encoding="utf-8")
    made = asked(run, "import", "b.txt", "kari.txt", "--kind", "interview")
    (source,) = made["imported"]
    assert source.keys() >= SOURCE
    assert (source["source"], source["path"], source["turns"]) == ("S3", "b.txt", 4)
    assert source["speakers"] == [{"name": "I", "turns": 2}, {"name": "Ola", "turns": 2}]
    assert [passed["path"] for passed in made["skipped"]] == ["kari.txt"]
    assert made["refused"] == []


def test_what_the_metadata_names_and_nobody_gave_is_a_note(run, study):
    (study / "b.txt").write_text("Words.\n", encoding="utf-8")
    (study / "about.csv").write_text("file,date\nb.txt,2009\nmissing.txt,2010\n", encoding="utf-8")
    made = asked(run, "import", "b.txt", "--metadata", "about.csv")
    assert (len(made["imported"]), made["skipped"]) == (1, [])
    assert "missing.txt" in made["notes"][0]


def test_a_dry_run_takes_nothing_in(run, study):
    (study / "b.txt").write_text("Words.\n", encoding="utf-8")
    assert len(asked(run, "import", "b.txt", "--dry-run")["imported"]) == 1
    assert len(asked(run, "sources")["sources"]) == 2


def test_sources_and_show(run, study):
    first, second = asked(run, "sources")["sources"]
    assert first.keys() >= SOURCE | {"case", "kind", "codings", "done"}
    assert (first["case"], first["codings"], second["codings"], first["done"]) == ("Net", 2, 1, [])
    assert asked(run, "source", "done", "S1")["sources"][0]["done"] == ["Anna"]
    assert asked(run, "source", "reopen", "S1")["sources"][0]["done"] == []
    assert asked(run, "source", "edit", "S1", "--date", "2008-06")["sources"][0]["date"] == "2008-06"
    shown = asked(run, "show", "kari.txt")
    assert shown["source"] == "S1"
    assert [turn["speaker"] for turn in shown["turns"]] == ["I", "Kari", "I", "Kari"]
    turn = shown["turns"][2]
    assert turn.keys() >= {"speaker", "start", "end", "timestamp"}
    assert shown["text"][turn["start"] : turn["end"]].strip() == "And then?"


def test_the_acts_print_what_they_made(run, study):
    words = ("--quote", "dared to  share", "--valence", "-", "--weight", "0.1", "--key")
    (made,) = asked(run, "code", "S1", "KM.SHARE", *words)["codings"]
    assert made.keys() >= CODING
    assert (made["quote"], made["valence"], made["weight"], made["key"]) == ("dared to share", "-", 0.1, True)
    (moved,) = asked(run, "resize", made["id"][-8:], f"{made['start']}:{made['end'] + 1}")["codings"]
    assert moved["end"] == made["end"] + 1
    (other,) = asked(run, "recode", made["id"], "KM.TRUST")["codings"]
    assert (other["id"], other["code"]) == (made["id"], "KM.TRUST")
    assert asked(run, "uncode", made["id"])["codings"][0]["id"] == made["id"]
    assert made["id"] not in {coding["id"] for coding in asked(run, "codings")["codings"]}


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 3),
        (("--code", "KM"), 0),
        (("--code", "KM", "--subtree"), 2),
        (("--source", "S2"), 1),
        (("--coder", "Bjorn"), 1),
        (("--layer", "Anna"), 2),
        (("--speaker", "Kari"), 2),
        (("--case", "Net"), 3),
    ],
)
def test_codings_are_chosen(run, study, options, count):
    found = asked(run, "codings", *options)["codings"]
    assert len(found) == count
    assert all(coding.keys() >= CODING for coding in found)


def test_codings_with_what_stands_around_them(run, study):
    (found,) = asked(run, "codings", "--coder", "Anna", "--source", "S1", "--context", "6")["codings"]
    text = asked(run, "show", "S1")["text"]
    assert found["before"] + found["quote"] + found["after"] == text[found["start"] - 6 : found["end"] + 6]


def test_codebook(run, study):
    listed = asked(run, "codebook", "list")
    assert (listed["codebook"], listed["version"]) == ("four-process", 1)
    assert all(code.keys() >= CODE for code in listed["codes"])
    (trust,) = asked(run, "codebook", "show", "KM.TRUST")["codes"]
    assert (trust["parent"], trust["kind"], trust["uses"]) == ("KM", "process", 2)
    made = asked(
        run, "codebook", "add", "KM.DOUBT", "Doubt", "--parent", "KM", "--phrase", "in doubt", "--reason", "r"
    )
    assert (made["version"], made["codes"][0]["key_phrases"], made["codes"][0]["kind"]) == (
        2,
        ["in doubt"],
        "process",
    )
    for words in (
        ("edit", "KM.DOUBT", "--definition", "D"),
        ("rename", "KM.DOUBT", "--name", "Doubts"),
        ("move", "KM.DOUBT", "--top"),
        ("merge", "KM.DOUBT", "--into", "KM.TRUST"),
        ("retire", "KM.SHARE"),
    ):
        assert asked(run, "codebook", *words).keys() >= {"codebook", "version", "codes"}
    history = asked(run, "codebook", "history", "KM.DOUBT")["history"]
    assert [row["number"] for row in history] == [2, 3, 4, 5, 6]
    assert asked(run, "codebook", "check")["ok"] is True
    assert asked(run, "codebook", "import", "cop-leadership")["codebook"] == "cop-leadership"
    assert asked(run, "codebook", "crosswalk")["crosswalks"][0]["rows"]
    assert asked(run, "codebook", "export", "codes.csv")["written"] == ["codes.csv"]


def test_memos_and_cases(run, study):
    assert asked(run, "memo", "Two words")["memos"][0]["text"] == "Two words"
    first, second = asked(run, "memo", "list")["memos"]
    assert (first["kind"], second["kind"]) == ("question", "analytic")
    assert asked(run, "memo", "edit", second["id"], "Three words now")["memos"][0]["id"] == second["id"]
    assert asked(run, "memo", "remove", second["id"][-8:])["memos"][0]["text"] == "Three words now"
    asked(run, "case", "add", "Other")
    asked(run, "case", "assign", "Other", "S2")
    assert asked(run, "case", "list")["cases"][1] == {"name": "Other", "sources": ["S2"]}


def test_history(run, study):
    done = asked(run, "undo")["operations"]
    assert [operation["kind"] for operation in done] == ["memo"]
    assert asked(run, "memo", "list")["memos"] == []
    assert len(asked(run, "redo")["operations"]) == 1
    assert len(asked(run, "memo", "list")["memos"]) == 1
    log = asked(run, "log")["operations"]
    assert {"id", "kind", "summary", "coder", "at", "hash", "parents"} <= log[0].keys()
    assert len(asked(run, "log", "--limit", "2")["operations"]) == 2
    verified = asked(run, "log", "--verify")
    assert (verified["verified"], verified["operations"]) == (True, len(log))
    assert asked(run, "check")["ok"] is True


def test_events_and_phases(run, study):
    (event,) = asked(run, "event", "list", "--phase", "P1")["events"]
    assert event.keys() >= EVENT
    assert event["date"] == {
        "edtf": "2009-06", "earliest": "2009-06-01", "latest": "2009-06-30",
        "basis": "explicit", "as_written": None,
    }  # fmt: skip
    assert asked(run, "event", "list", "--code", "NS")["events"] == []
    assert asked(run, "phase", "list")["phases"][0]["discontinuity_open"] == "they met"


@pytest.mark.parametrize(
    "words",
    [
        ("timeline", "--lanes", "actor"),
        ("table", "data-sources"),
        ("table", "process-by-phase", "--of", "events"),
        ("table", "--rows", "process", "--columns", "phase", "--cell", "count", "--of", "events"),
    ],
)
def test_displays(run, study, words):
    shown = asked(run, *words)
    assert shown.keys() >= DISPLAY
    assert shown["manifest"].keys() >= {"layer", "codebook_version", "filters", "sources", "hash"}
    assert all(len(row["cells"]) == len(shown["columns"]) for row in shown["rows"])
    assert {"value", "text", "evidence", "empty", "searched"} <= shown["rows"][0]["cells"][0].keys()


def test_agreement(run, study):
    found = asked(run, "agreement", "--coders", "Anna,Bjorn", "--unit", "sentence")
    assert found.keys() >= {"unit", "coders", "sources", "notes", "codes"}
    assert (found["unit"], found["coders"], found["sources"]) == ("sentence", ["Anna", "Bjorn"], ["S1"])
    assert all(row.keys() >= AGREEMENT for row in found["codes"])
    assert "not blind" in found["notes"]


def test_report(run, study):
    made = asked(run, "report", "--format", "html,md", "-o", "report")
    assert made.keys() >= {"written", "manifest"}
    assert sorted(path.rpartition(".")[2] for path in made["written"]) == ["html", "md"]
    assert all((study / path).is_file() for path in made["written"])


def test_suggestions(run, study):
    found = asked(run, "suggest", "S1")["suggestions"]
    assert found
    assert all(
        item.keys() >= {"id", "source", "start", "end", "quote", "code", "score", "stage", "reasons"}
        for item in found
    )
    assert found[0]["reasons"][0].keys() >= {"kind", "text", "source", "coder"}
    (coding,) = asked(run, "suggest", "accept", found[0]["id"][-8:])["codings"]
    assert coding["origin"] == "suggestion"
    left = {item["id"] for item in asked(run, "suggest")["suggestions"]}
    assert found[0]["id"] not in left
    if rest := sorted(left):
        asked(run, "suggest", "reject", rest[0])
        assert rest[0] not in {item["id"] for item in asked(run, "suggest")["suggestions"]}


def test_numbers_are_not_rounded_and_nothing_in_json_steers_a_terminal():
    from qualcase.cli.output import to_json

    document = {"third": 1 / 3, "text": "\x1b[2J\x9b\u202e\u2066\ud800\U000e0041 “ø”\x7f"}
    text = to_json(document)
    assert json.loads(text) == document
    assert "“ø”" in text
    assert not any(sign in text for sign in "\x1b\x9b\u202e\u2066\ud800\U000e0041\x7f")


def test_what_is_not_a_number_never_gets_into_json():
    from qualcase.cli.output import to_json

    with pytest.raises(ValueError, match="JSON"):
        to_json({"figure": float("nan")})


def test_a_folder_and_a_code_without_an_id_are_named_as_what_they_are(run, study):
    assert run("codebook", "check", ".").errors == ["error: .: expected a file, found a folder."]
    (refused,) = run("codebook", "add", "", "Nothing").errors
    assert refused.endswith("The codebook four-process is broken: expected an id, found an empty one.")


def test_a_backup_is_asked_for_another_name_of_its_own(run, study):
    assert run("backup", "b1.backup").code == 0
    again = run("backup", "b1.backup")
    assert (again.code, "hint: Give the new backup another name." in again.err) == (2, True)


def test_a_file_of_the_same_name_with_another_text_says_how_to_correct(run, study):
    told = "S3 has the name of S1 (kari.txt) and another text. If it is S1 corrected: "
    (study / "kari.txt").write_text("Kari: Something else.\n", encoding="utf-8")
    (note,) = asked(run, "import", "kari.txt", "--dry-run")["notes"]
    assert note == told + "`qualcase edit S1 --from kari.txt`, so that the codings are kept."
    (note,) = asked(run, "import", "kari.txt")["notes"]
    assert (
        note
        == told + "`qualcase undo`, then `qualcase edit S1 --from kari.txt`, so that the codings are kept."
    )
    asked(run, "undo")
    assert asked(run, "edit", "S1", "--from", "kari.txt")
    assert len(asked(run, "sources")["sources"]) == 2
    (study / "other.txt").write_text("Kari: Another.\n", encoding="utf-8")
    assert asked(run, "import", "other.txt")["notes"] == []
