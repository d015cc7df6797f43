"""Bodies that somebody made up, under a hash that holds: one sentence, wherever they are read."""

from __future__ import annotations

import shutil
import zlib

import pytest

from qualcase.model.errors import QualcaseError
from qualcase.model.operation import Operation
from qualcase.project import create_project, open_project
from qualcase.project.backups import restore_project
from qualcase.storage import codec, journal

BODIES = [
    ("redact", b"{}"),
    ("redact", b'{"c":[],"d":{"operations":5},"s":"x"}'),
    ("redact", b'{"c":[],"d":{"operations":[[1]]},"s":"x"}'),
    ("merge", b'{"c":[],"d":{},"s":"x"}'),
    ("merge", b'{"c":[],"d":{"before":5},"s":"x"}'),
    ("merge", b'{"c":[],"d":{"before":"no","met":5},"s":"x"}'),
    ("merge", b'{"c":[],"d":{"met":[["a"]]},"s":"x"}'),
    ("merge", b'{"c":[],"d":{"copies":[["a",{}]]},"s":"x"}'),
    ("undo", b'{"c":[[1,2,3,4]],"d":{},"s":"x"}'),
    ("memo", b'{"c":[["memo","01",null,{"text":"x"}]],"d":{},"s":"x"}'),
    ("memo", b'{"c":[["no such kind","01",null,{}]],"d":{},"s":"x"}'),
    ("memo", b'{"c":[["memo","01","x",[]]],"d":{},"s":"x"}'),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A project of Anna's."""
    path = tmp_path_factory.mktemp("good") / "study.qualcase"
    create_project(path, coder="Anna").close()
    return path


@pytest.fixture(params=BODIES, ids=[f"{kind} {number}" for number, (kind, _) in enumerate(BODIES)])
def study(request, good, tmp_path, monkeypatch):
    """A copy of it with a last act whose body is made up, beside one without."""
    kind, plain = request.param
    shutil.copy(good, tmp_path / "good.qualcase")
    path = shutil.copy(good, tmp_path / "study.qualcase")
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zdict=codec._WORDS)
    body = packer.compress(plain) + packer.flush()
    with open_project(path, coder="Anna") as project, monkeypatch.context() as patch:
        patch.setattr(journal, "encode_body", lambda _: body)
        project.store.commit(Operation(kind, "Made up", ()), coder="Anna")
    return path


def check(path):
    with open_project(path, coder="Anna") as project:
        project.journal.verify()
        list(project.care.check().problems)


def read(path):
    with open_project(path, coder="Anna") as project:
        project.journal.log()


def take_back(path):
    with open_project(path, coder="Anna") as project:
        project.journal.undo()


def restore(path):
    restore_project(path.with_name("other.qualcase"), path)


def merge(path):
    with open_project(path.with_name("good.qualcase"), coder="Anna") as project:
        project.memos.add("Mine")
        project.merging.merge(path)


def merge_into(path):
    with open_project(path.with_name("good.qualcase"), coder="Bo") as project:
        project.memos.add("Theirs")
    with open_project(path, coder="Anna") as project:
        project.merging.merge(path.with_name("good.qualcase"))


@pytest.mark.parametrize("do", [check, read, restore, merge, merge_into])
def test_what_is_made_up_is_refused_in_one_sentence_if_at_all(study, do):
    refused(study, do)


@pytest.mark.parametrize("study", [body for body in BODIES if body[0] != "memo"], indirect=True)
def test_what_is_made_up_cannot_be_taken_back(study):
    assert refused(study, take_back)


def refused(study, do):
    """Do something with a project; return the sentence in which it was refused, if it was."""
    message = ""
    try:
        do(study)
    except QualcaseError as error:
        message = error.message
    assert message == "" or (message.endswith(".") and "\n" not in message)
    return message


@pytest.mark.parametrize("study", BODIES[:1], indirect=True)
def test_a_redaction_that_cannot_be_read_does_not_verify(study):
    with open_project(study, coder="Anna") as project:
        found = project.journal.verify()
    assert found.problem == "operation 2: which bodies it took away cannot be read"


@pytest.mark.parametrize("study", BODIES[9:11], indirect=True)
def test_what_speaks_of_no_record_is_found_by_a_check(study):
    with open_project(study, coder="Anna") as project:
        assert "act 2 speaks of what is no record" in project.care.check().problems
