"""All tables of a project, in one metadata."""

from __future__ import annotations

from qualcase.storage.schema import chronology, codes, codings, journal, material, retrieval, rounds
from qualcase.storage.schema.base import metadata

__all__ = ["chronology", "codes", "codings", "journal", "material", "metadata", "retrieval", "rounds"]
