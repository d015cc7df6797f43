from __future__ import annotations

import pytest

from qualcase.model.source import Block, Sentence, Turn
from qualcase.text.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split_sentences(text, [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met. Nobody came.", ["We met.", "Nobody came."]),
        ("Dr. Berg and Mrs. Lie came. They left.", ["Dr. Berg and Mrs. Lie came.", "They left."]),
        ("He asked J. R. Holm. Then he left.", ["He asked J. R. Holm.", "Then he left."]),
        ("So did I. Then we left.", ["So did I.", "Then we left."]),
        ("It cost 2.5 million. We paid.", ["It cost 2.5 million.", "We paid."]),
        ("In 2008. 40 firms came.", ["In 2008.", "40 firms came."]),
        ("See No. 5 for that. No. We did not.", ["See No. 5 for that.", "No.", "We did not."]),
        ("Well... I think so. Well... maybe.", ["Well...", "I think so.", "Well... maybe."]),
        ("“Why?” she asked. “Because.” We left.", ["“Why?” she asked.", "“Because.”", "We left."]),
        (
            "Firms, hospitals, etc. were there. Firms etc. We left.",
            ["Firms, hospitals, etc. were there.", "Firms etc.", "We left."],
        ),
        (
            "Das war z. B. am 3. Oktober 2008. Dann kam Hr. Weiß.",
            ["Das war z. B. am 3. Oktober 2008.", "Dann kam Hr. Weiß."],
        ),
        ("Det var bl.a. 3. mars. Da kom f.eks. Kari.", ["Det var bl.a. 3. mars.", "Da kom f.eks. Kari."]),
        ("a line that\ngoes on. And\nanother", ["a line that\ngoes on.", "And\nanother"]),
        ("A heading\n\nThe text.", ["A heading", "The text."]),
        (
            "We agreed\n- to meet\n- to write\n1. Buy tea\n2. Buy milk",
            ["We agreed", "- to meet", "- to write", "1. Buy tea", "2. Buy milk"],
        ),
        ("## 1. Minutes\n\nAll were there.", ["## 1. Minutes", "All were there."]),
        ("## 2.1. Money\n\nNone came.", ["## 2.1. Money", "None came."]),
        (
            "**3.** Dates\n\nIt rose by 2.1. Then it fell.",
            ["**3.** Dates", "It rose by 2.1.", "Then it fell."],
        ),
        ("yeah. we did that. then we went. ok", ["yeah.", "we did that.", "then we went.", "ok"]),
        ("Really?! Yes!", ["Really?!", "Yes!"]),
        ("今天很好。我们走吧。", ["今天很好。", "我们走吧。"]),
        ("x" * 150 + "\nand", ["x" * 150, "and"]),
        ("  \n ", []),
    ],
)
def test_a_text_is_divided_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_no_sentence_crosses_a_turn_or_a_block() -> None:
    text = "I: and then\nP: we went. Home"
    found = split_sentences(text, [Turn(3, 11), Block(15, 27)])
    assert found == (Sentence(3, 11), Sentence(15, 23), Sentence(24, 27))
    assert [text[one.start : one.end] for one in found] == ["and then", "we went.", "Hom"]


def test_a_long_run_of_dots_or_blanks_is_read_in_one_pass() -> None:
    for text in ("." * 300_000 + "x", ". " * 150_000, "\n" * 300_000, "a" * 300_000, " \n" * 150_000 + "x"):
        assert "".join(sentences(text)).replace(" ", "") == "".join(text.split())


def test_a_wrapped_line_far_down_the_text_is_still_wrapped() -> None:
    text = "x" * 200 + "\n\nI: and so\nwe went"
    assert split_sentences(text, [Turn(205, len(text))]) == (Sentence(205, len(text)),)
