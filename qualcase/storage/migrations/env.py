"""Runs the revisions inside the transaction that `storage.migration` has opened."""

from __future__ import annotations

from alembic import context

from qualcase.storage.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
