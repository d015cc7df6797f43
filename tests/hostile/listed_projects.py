"""The project files of the shared list of hostile cases: what is done to a sound one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from qualcase.storage import sqlite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = 4096


def make_empty(path: Path, sound: Path) -> None:
    path.write_bytes(b"")


def make_anothers(path: Path, sound: Path) -> None:
    """Write a database of some other program."""
    connection = sqlite.driver.connect(str(path))
    connection.execute("PRAGMA application_id = 252006674")
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)")
    connection.commit()
    connection.close()


def smuggle_trigger(path: Path, sound: Path) -> None:
    shutil.copyfile(sound, path)
    connection = sqlite.driver.connect(str(path))
    connection.execute(
        "CREATE TRIGGER evil AFTER INSERT ON coding BEGIN DELETE FROM source; END",
    )
    connection.commit()
    connection.close()


def spoil_page(path: Path, sound: Path) -> None:
    """Turn the bits of the page on which the table of sources begins."""
    connection = sqlite.driver.connect(str(sound))
    [(root,)] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'source'").fetchall()
    connection.close()
    data = bytearray(sound.read_bytes())
    start = (root - 1) * PAGE
    data[start : start + PAGE] = bytes(byte ^ 0xFF for byte in data[start : start + PAGE])
    path.write_bytes(data)


def link_to_passwords(path: Path, sound: Path) -> None:
    path.symlink_to("/etc/passwd")


PROJECTS: dict[str, Callable[[Path, Path], None]] = {
    "project/zero.qdb": make_empty,
    "project/wrong_appid.qdb": make_anothers,
    "project/evil_trigger.qdb": smuggle_trigger,
    "project/bitflip.qdb": spoil_page,
    "project/symlink.qdb": link_to_passwords,
}
