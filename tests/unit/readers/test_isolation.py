from __future__ import annotations

import io
import sys
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

from qualcase.readers.errors import (
    BadEncodingNameError,
    BadSpeakersError,
    UnreadableFileError,
    UnsafeFileError,
)
from qualcase.readers.isolation import (
    APART,
    Worker,
    close_worker,
    read_document_safely,
    read_tables_safely,
)
from qualcase.readers.reader import RawFile
from qualcase.readers.registry import known_formats, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def make_docx(*extra: tuple[str, bytes]) -> bytes:
    document = docx.Document()
    for line in ("Anna: hello", "Ole: well", "Anna: so"):
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    with zipfile.ZipFile(data, "a") as archive:
        for name, content in extra:
            archive.writestr(name, content)
    return data.getvalue()


DOCX = make_docx()

# A worker whose reader does what the name of the file says.
ROGUE = """
import os, socket, subprocess, sys, time
import qualcase.readers.worker as worker
from qualcase.model.source import DocumentText

def read(name, data, encoding=None, speakers=None):
    deed = name.partition(".")[0]
    if deed == "crash":
        os.kill(os.getpid(), 9)
    if deed == "exit":
        os._exit(3)
    if deed == "raise":
        raise ZeroDivisionError
    if deed == "hang":
        time.sleep(60)
    if deed == "wait":
        time.sleep(1.2)
    if deed == "work":
        began = time.process_time()
        while time.process_time() - began < 0.6:
            pass
    if deed == "spin":
        while True:
            pass
    if deed == "eat":
        eaten = [bytearray(50_000_000) for _ in range(100)]
    if deed == "recurse":
        return read(name, data)
    if deed == "connect":
        socket.create_connection(("127.0.0.1", 9))
    if deed == "look":
        socket.getaddrinfo("localhost", 80)
    if deed == "write":
        open(data.decode(), "w").write("PWNED")
    if deed == "append":
        os.open(data.decode(), os.O_WRONLY | os.O_CREAT)
    if deed == "run":
        subprocess.run(["touch", data.decode()])
    if deed == "shell":
        os.system("touch " + data.decode())
    if deed == "print":
        print("{" * 100, flush=True)
    return DocumentText("fine", "docx", "utf-8")

worker.read_document = read
worker.main()
"""


@pytest.fixture(scope="module")
def rogue() -> Iterator[Worker]:
    worker = Worker((sys.executable, "-c", ROGUE), time_limit=120.0)
    yield worker
    worker.close()


@pytest.fixture(autouse=True, scope="module")
def _end() -> Iterator[None]:
    yield
    close_worker()


def test_what_comes_back_is_what_was_read() -> None:
    for speakers in (None, "none", "Anna"):
        assert read_document_safely("a.docx", DOCX, speakers=speakers) == read_document(
            "a.docx", DOCX, speakers=speakers
        )


def test_a_file_beside_the_project_is_not_run_for_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "csv.py").write_text("raise SystemExit('not mine')")
    monkeypatch.chdir(tmp_path)
    worker = Worker()
    assert "hello" in worker.ask("document", RawFile("a.docx", DOCX))["text"]
    worker.close()


def test_text_formats_stay_here() -> None:
    assert read_document_safely("a.txt", b"\xffx") == read_document("a.txt", b"\xffx")
    assert not APART & {".txt", ".md", ".csv", ".tsv", ".vtt", ".srt", ".sbv", ".json"}


def test_every_other_format_is_read_apart() -> None:
    text = {".txt", ".text", ".log", ".md", ".markdown", ".csv", ".tsv", ".vtt", ".srt", ".sbv", ".json"}
    assert set(known_formats()) - text <= APART


@pytest.mark.parametrize(
    ("data", "leaf"),
    [
        (b"not an archive", UnreadableFileError),
        (make_docx(("../evil", b"x")), UnsafeFileError),
    ],
)
def test_a_refusal_is_the_same_refusal(data: bytes, leaf: type[UnreadableFileError]) -> None:
    with pytest.raises(leaf) as apart:
        read_document_safely("ev\x1bil.docx", data)
    with pytest.raises(leaf) as here:
        read_document("ev\x1bil.docx", data)
    assert (apart.value.message, apart.value.hint) == (here.value.message, here.value.hint)
    assert type(apart.value) is type(here.value)


def test_wrong_options_are_wrong_options() -> None:
    with pytest.raises(BadSpeakersError):
        read_document_safely("a.docx", DOCX, speakers="(a+)+$")
    with pytest.raises(BadEncodingNameError):
        read_document_safely("a.txt", b"x", encoding="klingon")


def test_tables_come_back_as_they_are() -> None:
    assert [table.rows for table in read_tables_safely("a.csv", b"a,b\n1,2\n")] == [(("a", "b"), ("1", "2"))]
    with pytest.raises(UnreadableFileError):
        read_tables_safely("a.xlsx", b"x")
    with pytest.raises(UnreadableFileError, match="not a table"):
        read_tables_safely("a.txt", b"x")


FAULTS = {
    "crash": "broke off",
    "exit": "broke off",
    "raise": "broke off",
    "recurse": "broke off",
    "connect": "broke off",
    "look": "broke off",
}


@pytest.mark.parametrize("deed", FAULTS)
def test_whatever_happens_to_the_reader_is_one_sentence(rogue: Worker, deed: str) -> None:
    with pytest.raises(UnreadableFileError, match=FAULTS[deed]) as refused:
        rogue.ask("document", RawFile(f"{deed}.docx", b"x"))
    assert refused.value.message.startswith(f"{deed}.docx cannot be read: ")
    assert refused.value.hint
    assert rogue.ask("document", RawFile("fine.docx", b"x"))["text"] == "fine"


def test_a_file_that_is_waited_for_in_vain_is_given_up() -> None:
    worker = Worker((sys.executable, "-c", ROGUE), time_limit=0.5)
    with pytest.raises(UnreadableFileError, match=r"longer than 0\.5 seconds") as refused:
        worker.ask("document", RawFile("hang.docx", b"x"))
    assert refused.value.hint
    worker.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system does not limit the processor")
def test_a_file_without_end_is_given_up() -> None:
    worker = Worker((sys.executable, "-c", ROGUE), processor_limit=1)
    with pytest.raises(UnreadableFileError, match="longer than 1 seconds") as refused:
        worker.ask("document", RawFile("spin.docx", b"x"))
    assert refused.value.hint
    worker.close()


def test_a_machine_that_is_busy_otherwise_refuses_no_file() -> None:
    worker = Worker((sys.executable, "-c", ROGUE), processor_limit=1)
    for _ in range(3):
        assert worker.ask("document", RawFile("wait.docx", b"x"))["text"] == "fine"
    worker.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system does not limit the processor")
def test_every_file_has_the_processor_for_itself() -> None:
    worker = Worker((sys.executable, "-c", ROGUE), processor_limit=1)
    for _ in range(5):
        assert worker.ask("document", RawFile("work.docx", b"x"))["text"] == "fine"
    worker.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system does not limit memory")
def test_a_gigabyte_is_enough(rogue: Worker) -> None:
    with pytest.raises(UnreadableFileError, match="more than 1 GB of memory"):
        rogue.ask("document", RawFile("eat.docx", b"x"))
    assert rogue.ask("document", RawFile("fine.docx", b"x"))["text"] == "fine"


@pytest.mark.parametrize("deed", ["write", "append", "run", "shell"])
def test_nothing_is_written_and_nothing_is_run(rogue: Worker, tmp_path: Path, deed: str) -> None:
    target = tmp_path / "PWNED"
    with pytest.raises(UnreadableFileError, match="broke off"):
        rogue.ask("document", RawFile(f"{deed}.docx", str(target).encode()))
    assert not target.exists()


def test_what_a_library_prints_does_not_get_between(rogue: Worker) -> None:
    assert rogue.ask("document", RawFile("print.docx", b"x"))["text"] == "fine"


def test_a_worker_that_does_not_start_is_one_sentence() -> None:
    broken = Worker((sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(UnreadableFileError, match="could not be started"):
        broken.ask("document", RawFile("a.docx", b"x"))


def test_a_large_file_goes_through(rogue: Worker) -> None:
    assert rogue.ask("document", RawFile("fine.docx", b"x" * 5_000_000))["text"] == "fine"


@pytest.mark.shared
def test_real_documents_are_read_alike(shared: Path) -> None:
    for path in sorted((shared / "data/corpora/real/docx").glob("*.docx")):
        data = path.read_bytes()
        assert read_document_safely(path.name, data) == read_document(path.name, data)
