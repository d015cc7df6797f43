"""Where the system cannot limit a process (no module `resource`), files are read all the same, for a time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from small_files import make_docx, paragraph, word_xml

from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.isolation import Worker
from qualcase.readers.reader import RawFile

if TYPE_CHECKING:
    from collections.abc import Iterator

ELSEWHERE = """
import sys
sys.modules["resource"] = None
import qualcase.readers.worker as worker
read_document = worker.read_document

def read(name, data, **given):
    while name.startswith("endless"):
        pass
    if name.startswith("writing"):
        open(data.decode(), "w")
    return read_document(name, data, **given)

worker.read_document = read
worker.main()
"""
HELLO = make_docx(word_xml(paragraph("hello")))


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker((sys.executable, "-c", ELSEWHERE), time_limit=5.0)
    yield worker
    worker.close()


def test_a_file_is_read(worker: Worker) -> None:
    for _ in range(2):
        assert worker.ask("document", RawFile("a.docx", HELLO))["text"] == "hello"


def test_a_file_without_end_is_given_up_and_the_next_is_read(worker: Worker) -> None:
    with pytest.raises(UnreadableFileError, match="longer than 5 seconds") as refused:
        worker.ask("document", RawFile("endless.docx", HELLO))
    assert refused.value.hint
    assert worker.ask("document", RawFile("a.docx", HELLO))["text"] == "hello"


def test_no_file_is_written(worker: Worker, tmp_path) -> None:
    with pytest.raises(UnreadableFileError, match="broke off"):
        worker.ask("document", RawFile("writing.docx", str(tmp_path / "x").encode()))
    assert not (tmp_path / "x").exists()
