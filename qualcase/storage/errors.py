"""What can be wrong with a project file."""

from __future__ import annotations

from qualcase.model.errors import ConflictError, InputError, IntegrityError, UsageError


class ProjectMissingError(UsageError):
    """There is no project at that path."""


class ProjectExistsError(UsageError):
    """A file already stands where a new project should go."""


class NotAProjectError(InputError):
    """The file is not a qualcase project, or somebody has altered its structure."""


class NewerProjectError(InputError):
    """The project was written by a newer qualcase."""


class DamagedProjectError(InputError):
    """The database cannot be read."""


class BusyProjectError(ConflictError):
    """Another process is writing to the project and did not finish in time."""


class UnwritableProjectError(UsageError):
    """The file or its folder lets nobody write, or the disk is full; nothing was changed."""


class StaleProjectError(ConflictError):
    """Another process has written to the project since it was looked at."""


class StaleChangeError(ConflictError):
    """A record no longer has the value that the act was based on."""


class StillUsedError(ConflictError):
    """A record cannot be deleted while others rest on it."""


class BrokenJournalError(IntegrityError):
    """The journal does not verify."""


class AlteredTextError(IntegrityError):
    """A text is not what was imported, so that nothing of it may be quoted."""


class UnreadableActError(BrokenJournalError, ValueError):
    """What an act of the journal says cannot be read, though its hash may hold."""


class ForeignProjectError(ConflictError):
    """Two files are not copies of one project."""


class ClockAheadError(ConflictError):
    """Another copy's acts are dated more than a day from now."""


class CodeCycleError(ConflictError):
    """Two copies moved codes below each other."""


class MergeCountError(IntegrityError):
    """After a merge, the two sides do not add up."""


class PastGoneError(ConflictError):
    """An earlier state of the project can no longer be told from its journal."""
