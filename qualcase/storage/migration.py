"""Bringing an older project file up to today's format, or leaving it exactly as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from qualcase.storage import sqlite
from qualcase.storage.errors import DamagedProjectError, NotAProjectError
from qualcase.storage.search import rebuild_index

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HEAD_REVISION = "0005"
FOLDER = Path(__file__).resolve().parent / "migrations"
_RENAMED = {"head": "seal"}


def upgrade(engine: Engine) -> None:
    """Run the revisions that a file lacks, in one transaction.

    References are not enforced meanwhile. Triggers and the index of words are made again; pages, references
    and row counts are checked before anything is kept. Raises NotAProjectError for a file that is not built
    as ours are, and DamagedProjectError where rows would be lost; the file is then as it was.
    """
    with sqlite.references_off(engine) as connection:
        _refuse_altered(altered=sqlite.has_strange_parts(connection))
        before = sqlite.count_rows(connection)
        try:
            _run_revisions(connection)
        except OperationalError as error:
            _refuse_altered(altered=sqlite.is_misbuilt(error.orig or error))
            raise
        sqlite.stamp(connection)
        rebuild_index(connection)
        _refuse_loss(connection, before)
        _refuse_altered(altered=sqlite.fingerprint(connection) != sqlite.FINGERPRINT)


def _refuse_altered(*, altered: bool) -> None:
    if altered:
        message = "The file is not built as a qualcase project is: somebody has altered it."
        raise NotAProjectError(message, hint="Do not trust it; ask whoever sent it for their original.")


def head_agrees(connection: Connection) -> bool:
    """Tell whether the head that journals had before format 5 names the last operation; others have none."""
    if not inspect(connection).has_table("head"):
        return True
    heads = connection.exec_driver_sql("SELECT hash, operations FROM head").all()
    last = connection.exec_driver_sql(
        "SELECT hash, (SELECT count(*) FROM operation) FROM operation ORDER BY sequence DESC LIMIT 1"
    ).all()
    return heads == last


def _run_revisions(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import, and needed on the day of an upgrade only
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_loss(connection: Connection, before: dict[str, int]) -> None:
    after = sqlite.count_rows(connection)
    lost = [name for name, count in before.items() if after.get(_RENAMED.get(name, name), 0) < count]
    problems = sqlite.integrity_problems(connection)
    if lost or problems:
        what = f"rows of {', '.join(lost)} would be lost" if lost else problems[0]
        message = f"The project could not be brought up to date: {what}; it was left as it was."
        raise DamagedProjectError(message)
