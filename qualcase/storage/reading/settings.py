"""What a project says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.schema import codes, material

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """A project's name and mode, and the version of its first codebook (1 where it has none)."""

    uid: str
    name: str
    mode: str
    codebook_version: int


def read_settings(connection: Connection) -> ProjectSettings:
    """Return the settings of a project."""
    project, book = material.project, codes.codebook
    uid, name, mode = connection.execute(
        select(project.c.uid, project.c.name, project.c.mode).where(project.c.deleted == 0)
    ).one()
    version = connection.scalar(
        select(book.c.version).where(book.c.deleted == 0).order_by(book.c.position, book.c.uid).limit(1)
    )
    return ProjectSettings(uid, name, mode, version or 1)
