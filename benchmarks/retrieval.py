"""Time retrieval at a size that few studies reach, each beside the raw query that answers the same.

    python benchmarks/retrieval.py [CODINGS [WORDS]]     by default 1,000,000 and 20,000,000

The material is made from a fixed seed and written in bulk through the storage room, not act by act.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from sqlalchemy import insert

import qualcase
from qualcase.coding.places import SpanPlace
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

CODINGS, WORDS = (int(word) for word in (*sys.argv[1:], *("1000000", "20000000")[len(sys.argv) - 1 :]))
SOURCES, CASES, TURN_WORDS, RUNS = max(10, WORDS // 10_000), 400, 100, 60
FEW = 200_000  # Above it the raw self-join takes minutes.
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
PAIRS = """
    SELECT a.code_id, b.code_id, count(*) FROM coding a JOIN coding b ON b.source_id = a.source_id
    AND b.start < a."end" AND b."end" > a.start AND b.code_id > a.code_id
    WHERE a.until IS NULL AND b.until IS NULL GROUP BY 1, 2
"""
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
        stamp = {"clock": 1, "writer": operation.id, "deleted": 0}
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


def line(what: str, ours: tuple[float, float], raw: tuple[float, float] | None = None, bar: str = "") -> None:
    beside = f"raw {raw[0]:8.1f} ms, {ours[0] / raw[0]:5.1f} : 1" if raw else ""
    print(f"{what:<44} {ours[0]:9.1f} ms  (wall {ours[1]:9.1f})  {bar:<7} {beside}", flush=True)


def main() -> None:
    """Make the material, and print one line a question."""
    with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as folder:
        path = Path(folder) / "bench.qualcase"
        began = time.perf_counter()
        words = build(path)
        seconds = time.perf_counter() - began
        made = f"{CODINGS:,} codings, {WORDS:,} words, {SOURCES:,} sources"
        print(f"{made}: made in {seconds:.0f} s", flush=True)
        print(f"file {path.stat().st_size / 1e6:.0f} MB (bar 600)")
        line("opening", p95(lambda _: qualcase.open(path, coder="Anna").close(), 10), None, "≤ 1000")
        raw = sqlite.driver.connect(str(path))
        with qualcase.open(path, coder="Anna") as project:
            measure(project, raw, words)
        raw.close()


def measure(project: Project, raw: sqlite.driver.Connection, words: list[str]) -> None:
    sources = project.sources.list()
    pick = random.Random(7)
    chosen = [pick.choice(sources) for _ in range(RUNS + 1)]
    ours = p95(lambda run: project.codings.in_source(chosen[run]))
    plain = p95(lambda run: raw.execute(OF_SOURCE, (chosen[run].position,)).fetchall())
    line("one source's codings", ours, plain, "≤ 20")

    ids = [code.id for code in project.codebook.current().codes]
    picked = [(pick.choice(ids), pick.randint(0, 20) * 50) for _ in range(RUNS + 1)]
    ours = p95(lambda run: project.queries.page(*picked[run]))
    plain = p95(lambda run: raw.execute(PAGE, picked[run]).fetchall())
    line("a page of 50 passages of a code with text", ours, plain, "≤ 20")

    phrases = [[words[pick.randint(0, 60)], words[pick.randint(0, 60)]] for _ in range(RUNS + 1)]
    ours = p95(lambda run: project.search.find(f'"{" ".join(phrases[run])}"', limit=50))
    plain = p95(lambda run: raw.execute(MATCH, (f'"{" ".join(phrases[run])}"',)).fetchall())
    line("phrase search, 50 hits with snippets", ours, plain, "≤ 100")
    ours = p95(lambda _: project.search.find(words[pick.randint(2000, 20_000)], limit=50))
    line("search for a rare word", ours)
    ours = p95(lambda run: project.search.find(f"{words[run]} {words[run + 5]}", limit=50))
    line("two frequent words in one turn", ours)

    plain = p95(lambda _: raw.execute(MATRIX).fetchall(), 3)
    line("code × case matrix, set query", p95(lambda _: project.queries.matrix(), 3), plain, "≤ 1000")
    ours = p95(lambda _: project.frame(), 1)
    line("all coded data as columns", ours)
    line(
        "code × case table, from the columns",
        p95(lambda _: project.tables.cross("code", "case"), 1),
        None,
        "",
    )
    plain = p95(lambda _: raw.execute(PAIRS).fetchall(), 1) if CODINGS <= FEW else None
    line("co-occurrence of all codes", p95(lambda _: project.queries.cooccurrence(), 2), plain, "≤ 5000")
    ours = p95(lambda _: len(project.queries.ask("KM.TRUST+ NEAR/2s NS")), 1)
    line("a question with NEAR, whole project", ours)

    before = raw.execute("SELECT sum(length(body) + length(nonce) + length(hash)) FROM operation").fetchone()[
        0
    ]
    starts = iter(range(0, 100_000, 40))
    ours = p95(
        lambda run: project.codings.add(chosen[run], "KM.TRUST", SpanPlace(next(starts) + 7, 40_000 + run))
    )
    line("one durable coding", ours, None, "≤ 15")
    after = raw.execute("SELECT sum(length(body) + length(nonce) + length(hash)) FROM operation").fetchone()[
        0
    ]
    print(f"journal: {(after - before) / (RUNS + 1) + 16 + 16:.0f} bytes an operation row (bar 250)")


if __name__ == "__main__":
    main()
