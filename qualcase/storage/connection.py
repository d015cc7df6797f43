"""What a desk is handed by `Store.reading`: the one name of the database library that it may know."""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["Connection"]
