"""What all screens share: the open project and its clerk, the codes, and what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from qualcase.tui.codes import CodeList

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.model.source import Source
    from qualcase.project.project import Project
    from qualcase.tui.clerk import Clerk
    from qualcase.tui.memory import Memory

Result = TypeVar("Result")


class Workbench:
    """An open project as the screens know it. Whatever touches `project` is done by the clerk."""

    def __init__(
        self, project: Project, clerk: Clerk, memory: Memory, warm: Callable[[], object] | None = None
    ) -> None:
        self.project = project
        self.clerk = clerk
        self.memory = memory
        self.warm = warm
        self.name = self.coder = self.mode = ""
        self.codes = CodeList(())
        self.usage: dict[str, int] = {}
        self.sources: tuple[Source, ...] = ()
        self.place: dict[str, Any] = {}
        self._seen = 0

    async def refresh(self) -> None:
        """Read again what all screens show: names, codes, their use, the sources."""
        await self.clerk.ask(self._read)

    async def ask(self, job: Callable[[Project], Result]) -> Result:
        """Do a job that reads, and return what it gives. Raises QualcaseError as the desks do."""
        return await self.clerk.ask(lambda: job(self.project))

    async def ask_idly(self, job: Callable[[Project], Result]) -> Result:
        """Do a long job that only the last asker still wants; CancelledError to one who was overtaken."""
        return await self.clerk.ask_idly(lambda: job(self.project))

    async def write(self, job: Callable[[Project], Result], *, once_shown: bool = False) -> Result:
        """Do a job that changes the project; it is done even where nobody waits for it any more.

        `once_shown` where what it changes is being painted already, and is to be on the screen first.
        """
        return await self.clerk.write(lambda: job(self.project), once_shown=once_shown)

    async def changed_elsewhere(self) -> bool:
        """Whether another program has written to the project since this was last asked."""
        now = await self.clerk.ask(self.project.foreign_writes)
        before, self._seen = self._seen, now
        return now != before

    def source(self, name: str) -> Source | None:
        """Return a source by its uid or handle."""
        return next((one for one in self.sources if name in {one.uid, one.handle}), None)

    def count(self, code_id: str, by: int) -> None:
        """Count one coding more or less for a code."""
        self.usage[code_id] = max(0, self.usage.get(code_id, 0) + by)

    def _read(self) -> None:
        # Even a name may be read from the file: all that is asked of the project is asked by the clerk.
        project = self.project
        self.name, self.coder, self.mode = project.name, project.coder, project.mode
        self.codes = CodeList(project.codebook.all())
        self.usage = dict(project.codebook.usage())
        self.sources = tuple(project.sources.list())
        self.place = self.memory.left_at(project.path, project.coder)
        self._seen = project.foreign_writes()
