"""Where one is while no project is open: the door through which projects are opened, begun and closed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qualcase
from qualcase.model.errors import QualcaseError
from qualcase.tui.codes import CodeList
from qualcase.tui.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.project.project import Project
    from qualcase.tui.clerk import Clerk
    from qualcase.tui.memory import Memory


@dataclass(frozen=True, slots=True)
class Beginning:
    """A project to begin: its file, codebooks by name or path, first case (empty: the file's name), mode."""

    path: Path
    codebooks: tuple[str, ...]
    case: str
    mode: str


class Lobby(Workbench):
    """A workbench without a project, that makes workbenches with one; at most one is open at a time."""

    def __init__(
        self,
        clerk: Clerk,
        memory: Memory,
        coder: str | None = None,
        warm: Callable[[], object] | None = None,
        *,
        opened: Project | None = None,
    ) -> None:
        self.clerk = clerk
        self.memory = memory
        self.warm = warm
        self.name, self.mode = "qualcase", ""
        self.coder = coder or _default_coder()
        self.codes = CodeList(())
        self.usage: dict[str, int] = {}
        self.sources = ()
        self.place: dict[str, Any] = {}
        self._opened = opened

    async def refresh(self) -> None:
        """There is nothing to read."""

    async def changed_elsewhere(self) -> bool:
        """Nobody else can change what is not open."""
        return False

    async def enter(self, path: Path) -> Workbench:
        """Open a project. Raises QualcaseError where that cannot be done."""
        return self._bench(await self.clerk.write(lambda: self._open(path)))

    async def begin(self, wanted: Beginning) -> Workbench:
        """Begin a project and open it. Raises QualcaseError, and then nothing was made."""
        return self._bench(await self.clerk.write(lambda: self._begin(wanted)))

    async def demonstrate(self, folder: Path, say: Callable[[str], None]) -> Workbench:
        """Build the demonstration in a folder and open it as its first coder; `say` hears how far it is."""
        return self._bench(await self.clerk.write(lambda: self._demonstrate(folder, say)))

    async def leave(self, bench: Workbench) -> None:
        """Close a project once all that was asked of it is done; another one may be open by then."""
        await self.clerk.write(lambda: self._close() if bench.project is self._opened else None)

    def enter_at_once(self, path: str | Path) -> Workbench:
        """Open a project before the interface runs."""
        return self._bench(self.clerk.do(lambda: self._open(Path(path))))

    def shut(self) -> None:
        """Close what is open, after the interface has run."""
        self.clerk.do(self._close)

    # What the clerk does.

    def _open(self, path: Path) -> Project:
        self._close()
        return self._keep(qualcase.open(path, coder=self.coder or None))

    def _begin(self, wanted: Beginning) -> Project:
        self._close()
        return self._keep(
            qualcase.create(
                wanted.path,
                wanted.codebooks,
                case=wanted.case or None,
                mode=wanted.mode,
                coder=self.coder or None,
            )
        )

    def _demonstrate(self, folder: Path, say: Callable[[str], None]) -> Project:
        from qualcase.project.demo import run_demo  # noqa: PLC0415 - opens every room

        project = self._open(run_demo(folder, say).project)
        coders = project.coders()
        if coders and project.coder not in coders:
            project.coder = coders[0]
        return project

    def _keep(self, project: Project) -> Project:
        self._opened = project
        self.memory.opened(project.path.resolve())
        return project

    def _close(self) -> None:
        project, self._opened = self._opened, None
        if project is not None:
            self.memory.write()
            project.close()

    def _bench(self, project: Project) -> Workbench:
        return Workbench(project, self.clerk, self.memory, self.warm)


def projects_in(folder: Path) -> list[Path]:
    """Return the projects in a folder, by name."""
    return sorted(
        path for path in folder.glob("*.qualcase") if not path.name.startswith(".") and path.is_file()
    )


def _default_coder() -> str:
    from qualcase.project.project import default_coder  # noqa: PLC0415 - only where nobody was named

    try:
        return default_coder()
    except QualcaseError:
        return ""
