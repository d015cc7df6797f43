"""The head of the journal is its last operation, and is not written a second time with each act.

What was the head until now becomes the seal: an operation that must be there.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give the table of the head the name of what it is from now on."""
    op.rename_table("head", "seal")
