"""What a version of a codebook did, and under which version an event was coded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of the third format, empty: what is not known of older rows is not made up."""
    op.add_column("codebook_version", sa.Column("act", sa.Text))
    op.add_column("codebook_version", sa.Column("effect", sa.Text))
    op.add_column("event", sa.Column("code_versions", sa.Text))
