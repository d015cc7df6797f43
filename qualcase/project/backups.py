"""The desk of backups: making one, listing them, and restoring one in place of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.project.desk import Desk
from qualcase.storage.backup import backup_before_migration, restore, write_backup
from qualcase.storage.snapshots import list_backups

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.storage.attesting import Progress
    from qualcase.storage.backup import Copy, Restored
    from qualcase.storage.snapshots import Backup


class Backups(Desk):
    """Copies of the project, each proven after it was written."""

    def write(self, file: Path | None = None) -> Copy:
        """Copy the project into its folder of backups, or to a file of one's choice, and prove the copy.

        The folder keeps all of two days, then one of 7 days, 4 weeks and 6 months. Raises UsageError for a
        file that would look like a second project in this folder.
        """
        return write_backup(self._store, file)

    def list(self) -> tuple[Backup, ...]:
        """Return the backups beside the project, the newest first, with why each was made."""
        return list_backups(self._project.path)

    def before_migration(self) -> Path | None:
        """Return the backup of the older format that the project had, where nothing was done since.

        The migration itself is not taken back: whoever opened the project would bring it up to date again.
        """
        return backup_before_migration(self._store)


def restore_project(
    project: Path, file: Path, *, anyway: bool = False, progress: Progress | None = None
) -> Restored:
    """Make a project what a backup holds; the project may be damaged, or gone.

    The backup is proven first, as a check does, and what it replaces is kept among the backups. Raises
    DamagedProjectError, which says what does not hold, and ForeignProjectError for a backup of another
    project than one that can be read; `anyway` takes it all the same. `progress` hears of acts how many are
    done, of how many.
    """
    return restore(project, file, anyway=anyway, progress=progress)
