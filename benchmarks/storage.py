"""What keeping work costs: each figure beside plain `sqlite3` doing as little in the same run."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.coding.places import SpanPlace
from qualcase.project import create_project
from qualcase.storage import sqlite
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.reading.past import codings_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.project.project import Project

ACTS, MANY, SOURCES, TURNS = 300, 100_000, 40, 150


def main() -> None:
    """Print one line a question: ours, the raw database's, and the ratio."""
    with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as name:
        folder = Path(name)
        with create_project(folder / "bench.qualcase", ("four-process",), coder="Anna") as project:
            import_interviews(project, folder)
            raw = open_raw(folder / "raw.sqlite3")
            one_coding(project, raw)
            journal_bytes(project)
            many_codings(project, raw)
            reading(project, raw)
    print(f"{'import of qualcase.storage.store':<44} {import_seconds():8.2f} s")


def import_interviews(project: Project, folder: Path) -> None:
    """Give the project material, the same on every machine."""
    for number in range(SOURCES):
        turns = (
            f"Interviewer: How, {number} {k}?\n\nBerit: We met {k} times and then we did."
            for k in range(TURNS)
        )
        (folder / f"interview-{number:02}.txt").write_text("\n\n".join(turns), encoding="utf-8")
    project.sources.import_paths(sorted(folder.glob("interview-*.txt")))


def open_raw(path: Path) -> sqlite.driver.Connection:
    """Return a bare database with one table like ours, as durable as ours."""
    connection = sqlite.driver.connect(str(path), isolation_level=None)
    for statement in (
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "CREATE TABLE coding (id INTEGER PRIMARY KEY, uid BLOB, source, text, start, end, code, coder, at)",
        "CREATE INDEX place ON coding (source, start, end, code, coder)",
        "CREATE INDEX code ON coding (code, source, start)",
        "CREATE INDEX uid ON coding (uid)",
    ):
        connection.execute(statement)
    return connection


def one_coding(project: Project, raw: sqlite.driver.Connection) -> None:
    """Time one durable coding after the other."""
    source = project.sources.find("S3")
    ours = [
        timed(lambda at=at: project.codings.add(source, "KM.TRUST", SpanPlace(at, at + 5)))
        for at in range(0, ACTS * 7, 7)
    ]
    insert = (
        "INSERT INTO coding (uid, source, text, start, end, code, coder, at) VALUES (?, 3, 3, ?, ?, 7, 1, 9)"
    )
    bare = [
        timed(lambda at=at: raw.execute(insert, (random.randbytes(16), at, at + 5)))
        for at in range(0, ACTS * 7, 7)
    ]
    for share in (0.5, 0.95):
        line(f"one durable coding, p{round(share * 100)}", quantile(ours, share), quantile(bare, share), "ms")


def journal_bytes(project: Project) -> None:
    """Print what an operation row of one coding takes in the file."""
    with project.store.reading() as connection:
        query = "SELECT sum(length(uid) + length(kind) + length(nonce) + length(body) + length(hash) + 24)"
        query += " * 1.0 / count(*) FROM operation WHERE kind = 'code'"
        size = connection.exec_driver_sql(query).scalar_one()
    print(f"{'journal, an operation row of one coding':<44} {size:8.0f} bytes")


def many_codings(project: Project, raw: sqlite.driver.Connection) -> None:
    """Time 100,000 codings as one act."""
    source = project.sources.find("S1")
    with project.store.reading() as connection:
        codes = sorted(code_uids(connection).values())
    shared = {"source": source.uid, "text": project.sources.text_uid(source), "codebook_version": 1}
    shared |= {"coder": project.codings.coder_uid()}
    chance = random.Random(1)
    starts = [chance.randrange(source.characters - 9) for _ in range(MANY)]
    passages = [{"start": start, "end": start + 9, "code": chance.choice(codes)} for start in starts]
    ours = timed(lambda: project.perform("code-many", shared=shared, passages=passages, summary="Coded"))
    rows = [(random.randbytes(16), start, start + 9, chance.randrange(40)) for start in starts]

    def insert() -> None:
        raw.execute("BEGIN IMMEDIATE")
        statement = "INSERT INTO coding (uid, source, text, start, end, code, coder, at) VALUES "
        raw.executemany(f"{statement}(?, 1, 1, ?, ?, ?, 1, 9)", rows)
        raw.execute("COMMIT")

    line(f"{MANY:,} codings as one act", ours, timed(insert), "ms")


def reading(project: Project, raw: sqlite.driver.Connection) -> None:
    """Time what every table and every screen begins with."""
    query = "SELECT uid, source, start, end, code, coder FROM coding ORDER BY source, start, end, uid"
    bare = timed(lambda: raw.execute(query).fetchall())
    line(f"all {MANY:,} codings as columns", timed(project.codings.data), bare, "ms")
    source = project.sources.find("S3")
    one = query.replace(" ORDER BY source,", " WHERE source = 3 ORDER BY")
    bare = timed(lambda: raw.execute(one).fetchall())
    line(f"the {ACTS} codings of a source", timed(lambda: project.codings.in_source(source)), bare, "ms")
    with project.store.reading() as connection:
        seconds = timed(lambda: codings_at(connection, ACTS // 2))
    print(f"{'the codings as they stood half way':<44} {seconds * 1000:8.1f} ms")
    print(f"{'the state digest':<44} {timed(project.store.digest) * 1000:8.1f} ms")
    print(f"{'the chain, verified':<44} {timed(project.store.verify) * 1000:8.1f} ms")


def import_seconds() -> float:
    """Return what importing the store costs a new process."""
    command = [sys.executable, "-X", "importtime", "-c", "import qualcase.storage.store"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    if "alembic" in told:
        sys.exit("Alembic is imported where nothing is upgraded.")
    whole = next(row for row in told.splitlines() if row.endswith(" qualcase.storage.store"))
    return int(whole.split("|")[1]) / 1e6


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that an act takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def quantile(values: list[float], share: float) -> float:
    """Return the value below which a share of them lies."""
    return sorted(values)[int(len(values) * share)]


def line(what: str, ours: float, bare: float, unit: str) -> None:
    """Print one comparison, in milliseconds."""
    print(f"{what:<44} {ours * 1000:8.1f} {unit}   raw {bare * 1000:8.1f} {unit}   ratio {ours / bare:5.1f}")


if __name__ == "__main__":
    main()
