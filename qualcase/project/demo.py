"""The demonstration: the whole job, done on a corpus that ships with qualcase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.errors import UnknownNameError, UsageError
from qualcase.model.shipped import shipped_path
from qualcase.project.coding_files import import_codings
from qualcase.project.creation import create_project
from qualcase.project.importing import ImportOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qualcase.model.display import Display
    from qualcase.model.source import Source
    from qualcase.project.project import Project

Say = "Callable[[str], None]"
_FORMATS = ("html", "md", "csv", "json")
_MATERIAL = (".txt", ".md", ".docx", ".vtt", ".csv")


@dataclass(frozen=True, slots=True)
class DemoResult:
    """The project that the demonstration made, and the files it wrote."""

    project: Path
    exports: tuple[Path, ...]


def corpora() -> tuple[str, ...]:
    """Return the names of the corpora that ship with qualcase."""
    return tuple(sorted(path.parent.name for path in shipped_path("corpora").glob("*/metadata.csv")))


def run_demo(folder: Path, say: Callable[[str], None], corpus: str = "healthinnovation") -> DemoResult:
    """Build a project from a shipped corpus and do the whole job; `say` hears what is being done.

    Import, two coders' codings, suggestions, agreement, events, timeline, tables, case report. A project
    that stands in the folder already is never touched: UsageError.
    """
    if corpus not in corpora():
        raise UnknownNameError("corpus", corpus, hint=f"Shipped corpora: {', '.join(corpora())}.")
    home = shipped_path("corpora") / corpus
    path = folder / f"{corpus}.qualcase"
    if path.exists():
        raise UsageError(f"{path} is there already.", hint="Name another folder, or delete that one first.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {error.strerror}.") from None
    coders = sorted(home.glob("codings/*.csv"))
    lead = coders[0].stem.capitalize() if coders else "Demo"
    with create_project(
        path, ("four-process", "cop-leadership"), case="HealthInnovation", coder=lead
    ) as project:
        say(f"made {path} with the codebooks four-process and cop-leadership")
        _import(project, home, say)
        for file in coders:
            _code(project, home, file, say)
        project.coder = lead
        _suggest(project, say)
        events = project.events.import_file(home / "events.json")
        say(
            f"brought in {len(events.events)} dated events in {len(events.phases)} phases, "
            "every quote verified"
        )
        exports = _export(project, folder / "exports", say)
    return DemoResult(path, exports)


def _import(project: Project, home: Path, say: Callable[[str], None]) -> None:
    files = [
        path for path in sorted(home.rglob("*")) if path.suffix in _MATERIAL and _is_material(path, home)
    ]
    report = project.sources.import_paths(files, ImportOptions(metadata=home / "metadata.csv"))
    for passed in report.refused:
        say(f"refused {passed.path}: {passed.reason}")
    words = sum(source.words for source in report.imported)
    turns = sum(source.turns for source in report.imported)
    say(f"imported {len(report.imported)} sources: {words:,} words, {turns:,} turns")


def _is_material(path: Path, home: Path) -> bool:
    return path.parent != home and path.parent.name != "codings"


def _code(project: Project, home: Path, file: Path, say: Callable[[str], None]) -> None:
    project.coder = file.stem.capitalize()
    count = import_codings(project, file, _by_path(project, home), done=True)
    say(f"entered {count} codings by {project.coder}")


def _by_path(project: Project, home: Path) -> dict[str, Source]:
    by_name = {source.name: source for source in project.sources.list()}
    return {
        path.relative_to(home).as_posix(): by_name[path.name]
        for path in home.rglob("*")
        if path.name in by_name
    }


def _suggest(project: Project, say: Callable[[str], None]) -> None:
    longest = max(project.sources.list(), key=lambda source: source.words)
    found = project.suggestions.propose(longest)
    pipeline = project.suggestions.pipeline()
    say(f"found {len(found)} suggestions for {longest.name} ({pipeline}); none is applied")


def _export(project: Project, folder: Path, say: Callable[[str], None]) -> tuple[Path, ...]:
    from qualcase.reports.display_file import write_display  # noqa: PLC0415 - loads the template engine

    if len(project.rounds.coders_with_codings()) > 1:
        report = project.rounds.agreement(unit="sentence")
        say(f"compared {' and '.join(report.coders)} on {len(report.sources)} sources, code by code")
    written = list(project.reports.write(_FORMATS, folder).written)
    say(f"wrote the case report: {len(written)} files")
    displays: dict[str, Display] = {
        "timeline-by-process": project.timeline.display("process"),
        "timeline-by-actor": project.timeline.display("actor"),
        "process-by-phase": project.tables.cross("process", "phase", of="events"),
        "process-by-source-kind": project.tables.cross("process", "source_kind"),
        "code-by-coder": project.tables.cross("code", "coder"),
    }
    for name, display in displays.items():
        written += [write_display(display, format_, folder / "tables", name) for format_ in _FORMATS]
    say(f"wrote the timeline and {len(displays) - 2} tables in {', '.join(_FORMATS)}")
    return tuple(written)
