"""Time retrieval at a size that few studies reach, each beside the raw query that answers the same.

    python benchmarks/retrieval.py [CODINGS [WORDS]] [--keep FOLDER]     by default 1,000,000 and 20,000,000

The material is made from a fixed seed and written in bulk through the storage room, not act by act. With a
folder to keep it in it is made once, and every run works on a copy.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from durable import measure_acts, verdict
from sqlalchemy import insert

import qualcase
from qualcase.model.identity import new_uid
from qualcase.model.operation import Operation
from qualcase.project.cases import case_change
from qualcase.storage import sqlite
from qualcase.storage.schema import codings, material
from qualcase.storage.search import index_text
from qualcase.storage.texts import hash_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from qualcase.project import Project

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("codings", type=int, nargs="?", default=1_000_000)
parser.add_argument("words", type=int, nargs="?", default=20_000_000)
parser.add_argument("--keep", type=Path, metavar="FOLDER")
arguments = parser.parse_args()
CODINGS, WORDS = arguments.codings, arguments.words
SOURCES, CASES, TURN_WORDS, RUNS = max(10, WORDS // 10_000), 400, 100, 60
OF_SOURCE = "SELECT * FROM coding WHERE source_id = ? AND until IS NULL ORDER BY start"
PAGE = """
    SELECT c.*, substr(t.text, c.start + 1, c."end" - c.start)
    FROM coding c JOIN text_version v ON v.id = c.text_id JOIN content t ON t.sha256 = v.sha256
    WHERE c.code_id = (SELECT id FROM code WHERE handle = ?) AND c.until IS NULL
    ORDER BY c.source_id, c.start LIMIT 50 OFFSET ?
"""
MATCH = "SELECT rowid FROM segment_words WHERE segment_words MATCH ? LIMIT 50"
MATRIX = """
    SELECT c.code_id, m.case_id, count(*) FROM coding c JOIN case_member m ON m.source_id = c.source_id
    WHERE c.until IS NULL AND m.deleted = 0 GROUP BY 1, 2
"""
# The other begins inside the one; of two that begin together, it is the later made.
PAIRS = """
    SELECT a.code_id, b.code_id, count(*) FROM coding a JOIN coding b ON b.source_id = a.source_id
    AND b.start >= a.start AND b.start < a."end" AND (b.start > a.start OR b.id > a.id)
    WHERE a.until IS NULL AND b.until IS NULL AND a.code_id <> b.code_id GROUP BY 1, 2
"""
COLUMNS = """
    SELECT uid, source_id, start, "end", code_id, coder_id, valence, key, origin FROM coding
    WHERE until IS NULL
"""
NEAR = """
    SELECT source_id, start, "end" FROM coding WHERE until IS NULL AND code_id IN (
        SELECT id FROM code WHERE handle LIKE 'KM.TRUST%' OR handle = 'NS')
"""
JOURNAL = """
    SELECT count(*), sum(length(body) + length(nonce) + length(hash) + length(uid) + length(kind) + 24)
    FROM operation
"""
MEGABYTES, ROW_BYTES = 600, 250
FINGERPRINT = "SELECT count(*) FROM sqlite_schema"
chance = random.Random(2010)


def vocabulary() -> tuple[list[str], list[float]]:
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(40_000)]
    total, sums = 0.0, []
    for rank in range(1, len(words) + 1):
        total += 1 / rank
        sums.append(total)
    return words, sums


def build(path: Path) -> list[str]:
    """Make the project, and return the words in it, the most frequent first."""
    words, weights = vocabulary()
    with qualcase.create(path, coder="Anna") as project:
        store = project.store
        changes = [case_change(new_uid(), f"Case {number}") for number in range(CASES - 1)]
        store.commit(Operation("case", "Made in bulk", tuple(changes)), coder="Anna")
        cases = list(project.cases.uids().values())
        operation = store.commit(Operation("import", "Made in bulk", ()), coder="Anna")
        stamp = {"clock": 1, "writer": operation.uid, "deleted": 0}
        with store.writing() as connection:
            for number in range(SOURCES):
                make_source(connection, number, words, weights, stamp)
            members = [
                {"uid": new_uid(), "case_id": chance.randint(1, len(cases)), "source_id": key, **stamp}
                for key in range(1, SOURCES + 1)
            ]
            connection.execute(insert(material.case_member), members)
            make_codings(connection, operation.sequence)
            connection.exec_driver_sql("ANALYZE")
    return words


def make_source(
    connection: Connection, number: int, words: list[str], weights: list[float], stamp: dict[str, object]
) -> None:
    key, text_uid = number + 1, new_uid()
    parts, turns, sentences, place = [], [], [], 0
    for _ in range(WORDS // SOURCES // TURN_WORDS):
        said = []
        for _ in range(TURN_WORDS // 20):
            line = " ".join(chance.choices(words, cum_weights=weights, k=20)) + "."
            sentences.append((place + sum(len(one) + 1 for one in said), len(line)))
            said.append(line)
        turn = " ".join(said)
        turns.append((place, place + len(turn)))
        parts.append(turn)
        place += len(turn) + 2
    text = "\n\n".join(parts)
    digest = hash_text(text)
    sentences = [(start, start + length) for start, length in sentences]
    row = {
        "id": key, "uid": new_uid(), "handle": f"S{key}", "name": f"{key}.txt", "path": f"{key}.txt",
        "title": f"{key}", "kind": "interview", "format": "text", "encoding": "utf-8", "sha256": digest,
        "position": key, "text_uid": text_uid, **stamp,
    }  # fmt: skip
    version = {
        "id": key, "uid": text_uid, "source_id": key, "number": 1, "sha256": digest, "structure": "",
        "characters": len(text), "words": WORDS // SOURCES, **stamp,
    }  # fmt: skip
    speaker = {"id": key, "uid": new_uid(), "source_id": key, "label": f"P{key}", **stamp}
    connection.execute(insert(material.content), {"sha256": digest, "text": text})
    connection.execute(insert(material.source), row)
    connection.execute(insert(material.text_version), version)
    connection.execute(insert(material.speaker), speaker)
    shared = [{"text_id": key, "position": at, "start": s, "end": e} for at, (s, e) in enumerate(sentences)]
    connection.execute(insert(material.sentence), shared)
    shared = [
        {"text_id": key, "position": at, "start": s, "end": e, "speaker_id": key}
        for at, (s, e) in enumerate(turns)
    ]
    connection.execute(insert(material.turn), shared)
    index_text(connection, key, text, turns, sentences)


def make_codings(connection: Connection, sequence: int) -> None:
    codes = [key for (key,) in connection.exec_driver_sql("SELECT id FROM code")]
    weights = [1 / (rank + 1) for rank in range(len(codes))]
    lengths = dict(connection.exec_driver_sql("SELECT id, characters FROM text_version").fetchall())
    each = CODINGS // SOURCES
    for key, length in lengths.items():
        chosen = chance.choices(codes, weights, k=each)
        starts = sorted(chance.randrange(0, length - 300) for _ in range(each))
        rows = [
            {
                "uid": new_uid(), "source_id": key, "text_id": key, "start": start,
                "end": start + chance.randint(20, 300), "code_id": code, "coder_id": 1, "codebook_version": 1,
                "since": sequence, "clock": 1,
            }
            for start, code in zip(starts, chosen, strict=True)
        ]  # fmt: skip
        connection.execute(insert(codings.coding), rows)


def p95(act: Callable[[int], object], runs: int = RUNS) -> tuple[float, float]:
    """Return the 95th percentile of milliseconds, of this process and on the wall, after a run to warm up."""
    act(0)
    taken: list[list[float]] = [[], []]
    for run in range(1, runs + 1):
        began = time.process_time(), time.perf_counter()
        act(run)
        for clock, ended in enumerate((time.process_time(), time.perf_counter())):
            taken[clock].append((ended - began[clock]) * 1000)
    process, wall = (quantiles(one, n=20, method="inclusive")[-1] if runs > 1 else one[0] for one in taken)
    return process, wall


def line(
    what: str, ours: tuple[float, float], raw: tuple[float, float] | None = None, bar: float | None = None
) -> None:
    """Print milliseconds of this process and on the wall, the bar, and the raw query with the ratio."""
    told = f"bar {bar:>5.0f}: {verdict(met=ours[0] <= bar)}" if bar else ""
    beside = f"raw {raw[0]:8.1f} ms, {ours[0] / raw[0]:6.1f} : 1" if raw else ""
    print(f"{what:<44} {ours[0]:9.1f} ms  (wall {ours[1]:9.1f})  {told:<17} {beside}", flush=True)


def main() -> None:
    """Make the material, and print one line a question."""
    with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as folder:
        path = Path(folder) / "bench.qualcase"
        words = kept(path) if arguments.keep else build(path)
        print(f"{CODINGS:,} codings, {WORDS:,} words, {SOURCES:,} sources", flush=True)
        size = path.stat().st_size / 1e6
        print(f"file {size:.0f} MB (bar {MEGABYTES}: {verdict(met=size <= MEGABYTES)})")
        plain = p95(lambda _: sqlite.driver.connect(str(path)).execute(FINGERPRINT).fetchone(), 10)
        line("opening", p95(lambda _: qualcase.open(path, coder="Anna").close(), 10), plain, 1000)
        raw = sqlite.driver.connect(str(path))
        with qualcase.open(path, coder="Anna") as project:
            measure_retrieval(project, raw, words)
            measure_counts(project, raw)
            rows, size = raw.execute(JOURNAL).fetchone()
            measure_acts(project, raw, 300)
            more, larger = raw.execute(JOURNAL).fetchone()
        raw.close()
        each = (larger - size) / (more - rows)
        print(
            f"journal: {each:.0f} bytes an operation row (bar {ROW_BYTES}: {verdict(met=each <= ROW_BYTES)})"
        )


def kept(path: Path) -> list[str]:
    """Copy the material from the folder where it is kept, made there where it is not yet."""
    there = arguments.keep / f"{CODINGS}-{WORDS}.qualcase"
    listed = there.with_suffix(".words.json")
    if not listed.exists():
        arguments.keep.mkdir(parents=True, exist_ok=True)
        there.unlink(missing_ok=True)
        listed.write_text(json.dumps(build(there)), encoding="utf-8")
    shutil.copy(there, path)
    found: list[str] = json.loads(listed.read_text(encoding="utf-8"))
    return found


def measure_retrieval(project: Project, raw: sqlite.driver.Connection, words: list[str]) -> None:
    """Print what a researcher waits for while reading: codings, pages, searches."""
    sources, pick = project.sources.list(), random.Random(7)
    chosen = [pick.choice(sources) for _ in range(RUNS + 1)]
    ours = p95(lambda run: project.codings.in_source(chosen[run]))
    plain = p95(lambda run: raw.execute(OF_SOURCE, (chosen[run].position,)).fetchall())
    line("one source's codings", ours, plain, 20)
    ids = [code.id for code in project.codebook.current().codes]
    picked = [(pick.choice(ids), pick.randint(0, 20) * 50) for _ in range(RUNS + 1)]
    ours = p95(lambda run: project.queries.page(*picked[run]))
    plain = p95(lambda run: raw.execute(PAGE, picked[run]).fetchall())
    line("a page of 50 passages of a code with text", ours, plain, 20)
    phrases = [f"{words[pick.randint(0, 60)]} {words[pick.randint(0, 60)]}" for _ in range(RUNS + 1)]
    rare = [words[pick.randint(2000, 20_000)] for _ in range(RUNS + 1)]
    for what, asked, match, bar in (
        ("phrase search, 50 hits with snippets", [f'"{one}"' for one in phrases], '"{}"', 100),
        ("search for a rare word", rare, '"{}"', 100),
        ("two frequent words in one turn", phrases, "{}", 100),
    ):
        told = [match.format(one.strip('"')) for one in asked]
        ours = p95(lambda run, asked=asked: project.search.find(asked[run], limit=50))  # type: ignore[misc]
        plain = p95(lambda run, told=told: raw.execute(MATCH, (told[run],)).fetchall())  # type: ignore[misc]
        line(what, ours, plain, bar)


def measure_counts(project: Project, raw: sqlite.driver.Connection) -> None:
    """Print what takes all codings into account: matrices, tables, questions."""
    matrix = p95(lambda _: raw.execute(MATRIX).fetchall(), 3)
    line("code × case matrix", p95(lambda _: project.queries.matrix(), 3), matrix, 1000)
    plain = p95(lambda _: raw.execute(PAIRS).fetchall(), 1)
    line("co-occurrence of all codes", p95(lambda _: project.queries.cooccurrence(), 2), plain, 5000)
    plain = p95(lambda _: raw.execute(COLUMNS).fetchall(), 1)
    line("all coded data as columns", p95(lambda _: project.frame(), 1), plain, 5000)
    for rows, columns, cell in (
        ("code", "case", "count"),
        ("process", "year", "count"),
        ("code", "speaker", "count"),
        ("code", "source_kind", "coverage"),
    ):
        ours = p95(lambda _, asked=(rows, columns, cell): project.tables.cross(*asked), 1)  # type: ignore[misc]
        line(f"table, {rows} by {columns}, {cell}", ours, matrix, 5000)
    plain = p95(lambda _: raw.execute(NEAR).fetchall(), 1)
    for question in ("KM.TRUST+ NEAR/2s NS", "KM.TRUST+ NEAR/5w NS"):
        ours = p95(lambda _, question=question: len(project.queries.ask(question)), 1)  # type: ignore[misc]
        line(question, ours, plain, 5000)


if __name__ == "__main__":
    main()
