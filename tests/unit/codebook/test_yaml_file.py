from __future__ import annotations

import json
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator

from qualcase.codebook.checks import MAX_DEPTH, STATUSES
from qualcase.codebook.errors import CodebookFileError
from qualcase.codebook.schema import read_schema
from qualcase.codebook.yaml_file import MAX_BYTES, read_codebook, write_codebook
from qualcase.model.code import CODE_KINDS, RELATIONS


def read(text: str):
    return read_codebook(text, name="codebook.yaml")


def refusal(text: str) -> CodebookFileError:
    with pytest.raises(CodebookFileError) as caught:
        read(text)
    return caught.value


def test_the_least_a_codebook_can_say():
    book = read("codes:\n  - name: Building trust\n    children:\n      - name: Trust lost\n")
    assert (book.id, book.title, book.version) == ("codebook", "codebook", 1)
    assert [(code.id, code.parent, code.kind) for code in book.codes] == [
        ("Building trust", None, "other"),
        ("Trust lost", "Building trust", "other"),
    ]


def test_a_child_takes_its_parents_kind_unless_it_says_otherwise():
    book = read(
        "codes:\n- name: A\n  kind: process\n  children:\n  - name: B\n  - {name: C, kind: context}\n"
    )
    assert [code.kind for code in book.codes] == ["process", "process", "context"]


def test_one_name_under_two_parents_gets_two_ids():
    book = read("codes:\n- {name: A, children: [{name: Other}]}\n- {name: B, children: [{name: Other}]}\n")
    assert [code.id for code in book.codes] == ["A", "Other", "B", "B.Other"]


def test_every_scalar_is_text():
    values = ["no", "1e3", "2020-01-01", "0x1F", "1_000", "yes", "12:30:45", ".inf", "3.10", "=", "<<"]
    book = read("codes:\n" + "".join(f"- name: {value}\n" for value in values))
    assert [code.name for code in book.codes] == values


def test_a_key_with_nothing_after_it_is_not_there():
    book = read("note:\ncodes:\n- name: A\n  definition:\n  include:\n  children:\n")
    assert book.codes[0].definition == ""
    assert book.note == ""


def test_comments_and_quotes_and_blocks_are_yaml_as_everywhere():
    book = read("# first\ncodes:\n- name: 'it''s'  # a name\n  definition: >-\n    one\n    two\n")
    assert (book.codes[0].name, book.codes[0].definition) == ("it's", "one two")


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("", 1, 1, "found an empty file"),
        ("just words", 1, 1, "expected a codebook (a map), found “just words”"),
        ("title: x\n", 1, 1, "expected a codebook (a map) with “codes”, found none"),
        ("codes:\n- id: A\n", 2, 3, "a code (a map) with “name”, found none"),
        ("codes:\n- name: A\n  nam: B\n", 3, 3, "found “nam” (did you mean “name”?)"),
        ("codes:\n- name: A\n  kind: proces\n", 3, 9, "expected one of process, outcome"),
        ("codes:\n- name: A\n  include: all\n", 3, 12, "expected a list of texts, found “all”"),
        (
            "codes:\n- name: A\n  include: [a, '']\n",
            3,
            16,
            "expected a text that is not empty, found an empty text",
        ),
        ("codes:\n- name: [A]\n", 2, 9, "expected a text of 1 to 500 characters, found a list"),
        ("codes:\n- name: null\n", 2, 9, "found nothing"),
        ("codes:\n- name: ~\n", 2, 9, "found nothing"),
        ("version: 1.2\ncodes: []\n", 1, 10, "expected a whole number from 1, found “1.2”"),
        ("version: 0\ncodes: []\n", 1, 10, "expected a whole number from 1"),
        ("codes:\n- name: A\n  colour: red\n", 3, 11, "expected a colour"),
        ("codes: {}\n", 1, 8, "expected a list of codes, found a map"),
        (
            "codes:\n- name: A\n- name: a\n",
            3,
            9,
            "expected each code once, found “a” again (first on line 2)",
        ),
        ("codes:\n- {id: A, name: x}\n- {id: B, name: X}\n", 3, 8, "each name once under one parent"),
        (
            "codes:\n- name: A\n  name: B\n",
            3,
            3,
            "expected each key once, found “name” again (first on line 2)",
        ),
        ("codes:\n- name: &x A\n", 2, 9, "expected no anchor, found “&x”"),
        ("codes:\n- name: *x\n", 2, 9, "found the alias “*x”"),
        ("codes:\n- name: !!str A\n", 2, 9, "expected no tag"),
        ("codes: !!python/tuple []\n", 1, 8, "expected no tag"),
        ("codes:\n- name: A: B\n", 2, 10, "expected well-formed YAML"),
        ("codes:\n- name: 'A\n", 3, 1, "expected well-formed YAML"),
        ("codes: []\n---\ncodes: []\n", 2, 1, "expected one document, found a second"),
        ("codes:\n- [a, b]: c\n", 2, 3, "expected a key, found a list or a map"),
        ("codes:\n- name: A\a\n", 2, 10, "expected a printable character, found “\\x07”"),
        ('codes:\n- name: "A\\a"\n', 2, 9, "without control characters"),
        ("codes:\n- name: A\nboundary_notes:\n- {between: [A], rule: r}\n", 4, 13, "two or more codes"),
        (
            "codes: []\ncrosswalks:\n- {id: x, left: a, right: b, rows: [{id: 1, relation: like}]}\n",
            3,
            55,
            "narrower",
        ),
    ],
)
def test_a_broken_file_is_refused_with_its_place(text, line, column, problem):
    error = refusal(text)
    assert problem in error.message
    assert (error.line, error.column) == (line, column)
    assert error.message.startswith(f"codebook.yaml, line {line}, column {column}: ")
    assert error.exit_code == 2


def test_the_first_of_several_faults_is_named():
    assert refusal("codes:\n- name: A\n  kind: x\n- name: B\n  status: y\n").line == 3


def test_a_control_character_in_a_file_name_is_not_sent_to_the_terminal():
    with pytest.raises(CodebookFileError) as caught:
        read_codebook("", name="evil\n\x1b[2J.yaml")
    assert caught.value.message.startswith("evil\\n\\x1b[2J.yaml, line 1")


@pytest.mark.parametrize(
    "text",
    ["codes: " + "[" * 100_000, "{a: " * 50_000, "- " * 50_000, "codes: " + "[{name: A, children: " * 200],
    ids=["lists", "maps", "dashes", "children"],
)
def test_depth_is_refused_before_it_is_built(text):
    assert "levels of nesting" in refusal(text).message


def test_codes_may_be_as_deep_as_the_tree_allows_and_no_deeper():
    def nested(levels: int) -> str:
        return (
            "codes:"
            + "".join(f"\n{'  ' * n}- name: L{n}\n{'  ' * n}  children:" for n in range(levels - 1))
            + f"\n{'  ' * levels}- name: L{levels - 1}\n"
        )

    assert len(read(nested(MAX_DEPTH)).codes) == MAX_DEPTH
    assert f"at most {MAX_DEPTH} levels" in refusal(nested(MAX_DEPTH + 1)).message


def test_more_than_five_megabytes_are_refused():
    assert "5 MB" in refusal("#" + "x" * MAX_BYTES).message
    assert "5 MB" in refusal("#" + "ø" * (MAX_BYTES // 2 + 1)).message


def test_a_codebook_is_written_as_it_is_read(book):
    text = write_codebook(book)
    assert read(text) == book
    assert write_codebook(read(text)) == text


def test_words_that_other_programs_take_for_truth_values_are_written_in_quotes(book):
    text = write_codebook(read("codes:\n- name: no\n- name: 1e3\n- name: 'null'\n- name: 2020-01-01\n"))
    for word in ("no", "1e3", "null", "2020-01-01"):
        assert f"name: '{word}'" in text


def test_the_schema_is_a_schema_and_names_what_it_expects_everywhere():
    schema = read_schema()
    Draft202012Validator.check_schema(schema)

    def parts(node):
        if isinstance(node, dict):
            if {"type", "enum"} & set(node) and isinstance(node.get("type", ""), str | list):
                yield node
            for key, part in node.items():
                yield from parts(list(part.values()) if key in {"properties", "$defs"} else part)
        elif isinstance(node, list):
            for part in node:
                yield from parts(part)

    found = list(parts(schema))
    assert len(found) > 15
    assert [part for part in found if "description" not in part] == []


def test_the_schema_and_the_model_know_the_same_words():
    definitions = read_schema()["$defs"]
    assert definitions["code"]["properties"]["kind"]["enum"] == list(CODE_KINDS)
    assert definitions["code"]["properties"]["status"]["enum"] == list(STATUSES)
    assert definitions["row"]["properties"]["relation"]["enum"] == list(RELATIONS)


def test_importing_the_room_does_not_load_the_validator():
    program = (
        "import json, sys, qualcase.codebook.files, qualcase.codebook.shipped;"
        "print(json.dumps('jsonschema' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) is False
