from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qualcase.readers.errors import BadSpeakersError
from qualcase.readers.label_lines import match_label
from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText


def read(text: str, name: str = "talk.txt", speakers: str | None = None) -> DocumentText:
    return read_document(name, text.encode(), speakers=speakers)


def turns(document: DocumentText) -> list[tuple[str | None, str | None, str]]:
    return [(turn.speaker, turn.timestamp, document.text[turn.start : turn.end]) for turn in document.turns]


SPEECHES = ("How?", "Well.", "And?", "So.")

# (label of the first speaker, of the second, what divides turns, names, first time stamp)
STYLES: dict[str, tuple[str, str, str, tuple[str, str], str | None]] = {
    "role": ("Interviewer: ", "Anna: ", "\n", ("Interviewer", "Anna"), None),
    "role and code": ("Interviewer: ", "P1: ", "\n", ("Interviewer", "P1"), None),
    "initial": ("I: ", "P: ", "\n\n", ("I", "P"), None),
    "stamp after": ("P1 [00:03:12]: ", "P2 [00:03:20]: ", "\n", ("P1", "P2"), "00:03:12"),
    "own line": ("[00:10] RESEARCHER:\n", "[00:15] ANNA:\n", "\n\n", ("RESEARCHER", "ANNA"), "00:10"),
    "name and time": ("Anna Berg  00:00\n", "Ole Lie  00:15\n", "\n\n", ("Anna Berg", "Ole Lie"), "00:00"),
    "bold": ("**Anna:** ", "**Ole:** ", "\n\n", ("Anna", "Ole"), None),
    "bold, colon outside": ("**Anna**: ", "**Ole**: ", "\n\n", ("Anna", "Ole"), None),
    "bold, stamp": ("**Anna:** \\[01:02\\] ", "**Ole:** ", "\n\n", ("Anna", "Ole"), "01:02"),
    "handle": ("Waxwing (Adam Gibson): ", "Ole (O): ", "\n", ("Waxwing (Adam Gibson)", "Ole (O)"), None),
    "machine": ("SPEAKER_00: ", "SPEAKER_01: ", "\n", ("SPEAKER_00", "SPEAKER_01"), None),
    "question and answer": ("Q. ", "A. ", "\n\n", ("Q", "A"), None),
    "question and answer, colon": ("Q: ", "A: ", "\n", ("Q", "A"), None),
    "dash": ("P - ", "R - ", "\n\n", ("P", "R"), None),
    "brackets": ("[id1] ", "[id2] ", "\n\n", ("id1", "id2"), None),
    "tab": ("INT\t", "ANNA\t", "\n", ("INT", "ANNA"), None),
    "nick": ("[2019-05-20 11:52:21] <anna> ", "<ole> ", "\n", ("anna", "ole"), "2019-05-20 11:52:21"),
    "columns": ("00:01\tAnna\t", "00:02\tOle\t", "\n", ("Anna", "Ole"), "00:01"),
}


@pytest.mark.parametrize("style", STYLES)
def test_each_style_of_label_is_known(style: str) -> None:
    first, second, between, names, first_time = STYLES[style]
    text = between.join(label + said for label, said in zip((first, second) * 2, SPEECHES, strict=True))
    document = read(text)
    assert document.text == text
    assert [speaker for speaker, _, _ in turns(document)] == [*names, *names]
    assert [said for _, _, said in turns(document)] == list(SPEECHES)
    assert document.turns[0].timestamp == first_time == document.first_timestamp


def test_columns_are_known_by_their_headings_too() -> None:
    text = "When\tPerson\tWords\n1\tAnna\tHow?\n2\tOle\tWell.\n3\tKari\tSo."
    assert [(speaker, said) for speaker, _, said in turns(read(text))] == [
        ("Anna", "How?"), ("Ole", "Well."), ("Kari", "So."),
    ]  # fmt: skip


def test_a_turn_goes_on_to_the_next_label() -> None:
    text = "Interview with Anna\n\nI: How?\n\nP: Well.\n\nThis too: it went on.\nAnd on.\n\nI: And?\n\nP: So."
    document = read(text)
    assert turns(document)[1] == ("P", None, "Well.\n\nThis too: it went on.\nAnd on.")
    assert [document.text[block.start : block.end] for block in document.blocks] == ["Interview with Anna"]


def test_a_legend_is_no_speaker() -> None:
    text = (
        "(S = Student; I = Interviewer)\nI: Interviewer\nS1: Student\n\nI: How?\nS1: Well.\nI: And?\nS1: So."
    )
    assert [speaker for speaker, _, _ in turns(read(text))] == ["I", "S1", "I", "S1"]


def test_a_first_word_that_looks_like_a_code_is_speech_and_no_legend() -> None:
    assert turns(read("Q: h1\nA: b\nQ: P2?\nA: d"))[0] == ("Q", None, "h1")
    assert turns(read("I: Hello 5\nP1: Ja 6\nI: ok\nP1: no"))[0] == ("I", None, "Hello 5")


def test_a_legend_stands_before_the_first_speech_and_explains_labels_that_are_used() -> None:
    short = "AB: Anna Berg\nOL: Ole Lie\n\nAB: How?\nOL: Well.\nAB: And?\nOL: So."
    assert [said for _, _, said in turns(read(short))] == ["How?", "Well.", "And?", "So."]
    answered = "Q: Who are you?\nA: Interviewer\nQ: And he?\nA: Student\nQ: She?\nA: Teacher"
    assert [said for _, _, said in turns(read(answered))][1::2] == ["Interviewer", "Student", "Teacher"]
    numbered = "Q: Answer 0\nA: Why?\nQ: Answer 1\nA: Well."
    assert turns(read(numbered))[0] == ("Q", None, "Answer 0")
    alone = "I: Student\nP1: Yes.\nP2: Mhm.\nP1: No.\nP2: So."
    assert turns(read(alone))[0] == ("I", None, "Student")


def test_numbered_words_are_speakers_only_where_they_are_a_role_or_a_code() -> None:
    assert [name for name, _, _ in turns(read("Question 1: How?\nAnswer 1: Well.\nQuestion 2: And?"))] == [
        "Question 1", "Answer 1", "Question 2",
    ]  # fmt: skip
    for word in ("Day", "Week", "Lamp", "Mar", "Table", "Building", "Level"):
        assert turns(read(f"{word} 1: we went.\n{word} 2: we met.\n{word} 3: we wrote.")) == []


def test_a_heading_of_facts_has_no_speakers_even_where_it_names_who_spoke() -> None:
    facts = "Interview 4\nPlace: Oslo\nDate: 2009\nInterviewer: A. B.\nRespondent: C. D."
    text = f"{facts}\n\nI: How?\nP1: Well.\nI: And?\nP1: So."
    document = read(text)
    assert [speaker for speaker, _, _ in turns(document)] == ["I", "P1", "I", "P1"]
    assert document.text[: document.blocks[-1].end].endswith("C. D.")


def test_a_speaker_who_opens_in_a_paragraph_of_their_own_is_one() -> None:
    text = "Date: 2009\n\nModerator: Welcome.\n\nAnna: Hi.\nOle: Ho.\nAnna: So.\nOle: Yes."
    assert turns(read(text))[0] == ("Moderator", None, "Welcome.")


def test_facts_above_the_talk_without_a_blank_line_cost_no_turn_of_who_speaks_on() -> None:
    text = "Date: 2009\nI: How?\nP1: Well.\n\nI: And?\nP1: So.\nI: Oh."
    assert [speaker for speaker, _, _ in turns(read(text))] == ["I", "P1", "I", "P1", "I"]


def test_words_that_stand_once_before_a_colon_are_no_speakers() -> None:
    text = "I: How?\nP: Well.\nExample: the mill.\nI: And?\nP: So.\nOne thing: it rained.\nI: Oh.\nP: Yes."
    document = read(text)
    assert {speaker for speaker, _, _ in turns(document)} == {"I", "P"}
    assert turns(document)[1][2] == "Well.\nExample: the mill."


def test_answers_of_many_paragraphs_are_turns_where_somebody_asks() -> None:
    answer = "\n\n".join(["I remember it well."] * 9)
    text = "\n\n".join(f"{name}: So.\n\n{answer}" for name in ("Interviewer", "Anna") * 3)
    document = read(text)
    assert [name for name, _, _ in turns(document)] == ["Interviewer", "Anna"] * 3
    assert "not sure" in document.warnings[0]
    unasked = "\n\n".join(f"{name}: So.\n\n{answer}" for name in ("Bergen", "Oslo") * 3)
    assert turns(read(unasked)) == []


def test_a_misspelt_label_is_a_second_speaker() -> None:
    text = "INT: How?\nPARTICIPANT: Well.\nINT: And?\nPARTTICIPANT: So.\nINT: Oh.\nPARTICIPANT: Yes."
    assert turns(read(text))[3] == ("PARTTICIPANT", None, "So.")


def test_section_markers_front_matter_and_headings_end_a_turn() -> None:
    text = (
        "---\ntitle: A talk\nspeakers:\n  - Anna\n  - Ole\n---\n# One\n\n**Anna:** How?\n\n**Ole:** Well.\n\n"
        "**Break**: \\[00:10\\]\n\n**Anna:** And?\n\n## Two\n\nHere we paused.\n\n**Ole:** So."
    )
    document = read(text, "talk.md")
    assert turns(document) == [
        ("Anna", None, "How?"), ("Ole", None, "Well."), ("Anna", None, "And?"), ("Ole", None, "So."),
    ]  # fmt: skip
    assert document.metadata == {"title": "A talk", "speakers": "Anna; Ole"}
    assert document.first_timestamp == "00:10"
    kinds = {document.text[block.start : block.end]: block.kind for block in document.blocks}
    assert kinds["## Two"] == "heading"
    assert kinds["Here we paused."] == "paragraph"
    assert kinds["**Break**: \\[00:10\\]"] == "apparatus"


NOTES = {
    "field notes": "Date: 3 May\nPlace: the mill\n\nWe arrived late. One thing: it rained.\n\n"
    "Observation: cold.\n\nReflection: so were we.\n\nObservation: wet.\n\nObservation: dark.\n",
    "attendance": "# Minutes\n\nPresent: Anna, Ole\nApologies: Kari\n\n* **Recording**: http://x\n"
    "* Anna (chair)\n\nAnna: will write.\n",
    "paper": "Abstract This paper: a view.\n\nKeywords: network, trust\n\nFig. 1: A thing\nFig. 2: Another\n",
    "prose": "We met. He said: come. She said: no.\n\nThen we left.\n",
    "numbers": "1. Buy tea\n2. Buy milk\n3. Go home\n",
    "sums": "2.50 kroner\n3.10 kroner\n1.20 kroner\n0.40 kroner\n9.10 kroner\n2.20 kroner\n",
    "single labels": "Aim: this\nScope: that\nPlan: more\nCost: none\n",
    "list of links": "http://a.no\nhttp://b.no\nhttps://c.no\n",
    "empty": "",
}


@pytest.mark.parametrize("kind", NOTES)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_what_is_not_talk_has_no_turns(kind: str, suffix: str) -> None:
    document = read(NOTES[kind], f"notes{suffix}")
    assert document.turns == ()
    kept = "".join(document.text[block.start : block.end] for block in document.blocks)
    assert "".join(kept.split()) == "".join(NOTES[kind].split())


def test_minutes_say_that_names_were_seen() -> None:
    text = "# Minutes\n\n" + "* a point of order\n\nMB: yes\nJS: no\n\n" * 6
    document = read(text, "minutes.md")
    assert document.turns == ()
    assert "“MB”, “JS”" in document.warnings[0]
    assert len(read(text, "minutes.md", speakers="MB|JS").turns) == 12


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("I|P", ["I", "P", "I"]),
        (r"[IP]:", ["I", "I"]),
        (r"(?P<speaker>I|P)\b.*:", ["I", "P", "I"]),
        ("I", ["I", "I"]),
        ("none", []),
        ("NONE", []),
        ("X", []),
    ],
)
def test_the_users_pattern_wins(pattern: str, expected: list[str]) -> None:
    text = "I: How?\n\nIn the end: well.\n\nP [00:10]: Well.\n\nI: And?"
    assert [speaker for speaker, _, _ in turns(read(text, speakers=pattern))] == expected


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(a|aa)+", r"(a?){20}", r"(.)\1", r"(?P<x>a)(?P=x)", "a*a*a*a*", "[", "x" * 201,
     "(", "((a)|b)*"],
)  # fmt: skip
def test_a_pattern_that_could_take_for_ever_is_refused(pattern: str) -> None:
    with pytest.raises(BadSpeakersError):
        read("aaaa: x", speakers=pattern)


@pytest.mark.parametrize("pattern", [r"[+*(]", r"\(a\)+", r"P\d+", r"(?:Dr|Mr)\.? [A-Z]\w+"])
def test_a_harmless_pattern_is_taken(pattern: str) -> None:
    assert read("nobody", speakers=pattern).turns == ()


def test_numbered_segments_and_stamps_have_no_speaker() -> None:
    numbered = read("".join(f"[{number}] said {number}\n\n" for number in range(1, 8)))
    assert [(turn.speaker, turn.timestamp) for turn in numbered.turns] == [(None, None)] * 7
    stamped = read("".join(f"[00:0{number}] said {number}\n\n" for number in range(1, 8)))
    assert [(turn.speaker, turn.seconds) for turn in stamped.turns] == [(None, float(n)) for n in range(1, 8)]


def test_tape_counters_open_segments() -> None:
    text = (
        "INTERVIEW NO. 3\n\n0.25\tMy name.\n\n0. 46\tAnd then?\n\n\tWe went.\n\n1.1O\tSo.\n\n2.21 Yes.\n\n"
        "3.00\tNo.\n\n4.10\tTwo\n2.50 was the fare.\n\n5.55\tEnd.\nEND OF TAPE"
    )
    document = read(text)
    assert [(turn.timestamp, turn.seconds) for turn in document.turns] == [
        ("0.25", 25), ("0. 46", 46), ("1.1O", 70), ("2.21", 141), ("3.00", 180), ("4.10", 250), ("5.55", 355),
    ]  # fmt: skip
    assert turns(document)[1][2] == "And then?\n\n\tWe went."
    assert turns(document)[-1][2] == "End.\nEND OF TAPE"


def test_counters_that_a_scan_misread_are_counters_where_they_fit() -> None:
    text = (
        "0.03\tWas there much?\n0 05\tOnly Bond's.\n0.47\tWhat?\n8.43\tWhen?\n1 1.31\tInterest?\n"
        "12.43\tAfter the war?\n1 2.10\twas the fare\n99 10\twas the number\n13.00\tSo."
    )
    assert [(turn.timestamp, turn.seconds) for turn in read(text).turns] == [
        ("0.03", 3), ("0 05", 5), ("0.47", 47), ("8.43", 523), ("1 1.31", 691), ("12.43", 763),
        ("13.00", 780),
    ]  # fmt: skip


def test_joins_quits_and_actions_of_a_log_are_apparatus() -> None:
    text = (
        "16:23:07 <Bot> Bot has joined #x\n16:23:09 <anna> hello <b>\n16:23:10 <ole> ole has left\n"
        "16:23:11 → kari joined\n16:23:12 * anna waves\n16:24:09 <ole> anna has joined us\n"
        "16:24:10 <anna> bye\n"
    )
    document = read(text)
    assert turns(document) == [
        ("anna", "16:23:09", "hello <b>"),
        ("ole", "16:24:09", "anna has joined us"),
        ("anna", "16:24:10", "bye"),
    ]
    assert [turn.seconds for turn in document.turns] == [0, 60, 61]
    assert {block.kind for block in document.blocks} == {"apparatus"}


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("colon", "Anna:{gap}We met."),
        ("colon", "  Anna{gap}[00:10]:{gap}We met."),
        ("name, time, speech", "Anna{gap}[00:10]{gap}We met."),
        ("name and dash", "Anna{gap}–{gap}We met."),
        ("chevrons", "INT>>{gap}We met."),
    ],
)
@pytest.mark.parametrize("blanks", [1, 2, 8, 9, 60])
def test_blanks_in_a_label_change_nothing_but_its_length(style, line, blanks):
    line = line.format(gap=" " * blanks)
    label = match_label(style, line, 100)
    assert label.name in {"Anna", "INT"}
    assert line[label.speech - 100 :] == "We met."
