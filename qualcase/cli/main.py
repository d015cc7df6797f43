"""The command `qualcase`: what commands there are, and how every call ends."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

import click

from qualcase import __version__
from qualcase.cli import diagnostics
from qualcase.cli.groups import Entry, LazyGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

SECTIONS = {
    "Begin": {
        "demo": Entry("demo:demo", "Build a project from the demonstration case and run the whole job."),
        "new": Entry("new:new", "Begin a project."),
    },
    "Material": {
        "import": Entry("importing:import_files", "Take in files and folders as sources."),
        "sources": Entry("sources:sources", "List the sources."),
        "show": Entry("sources:show", "Show one source with its text and turns."),
        "source": Entry("sources:source", "Say that a source is coded through, or reopen it."),
        "edit": Entry("editing:edit", "Correct a source's text; what is coded follows."),
        "review": Entry("editing:review", "Settle the passages that a correction left in doubt."),
        "case": Entry("cases:case", "List, add and assign cases."),
        "actor": Entry("actors:actor", "List, merge, rename and describe those who speak and act."),
        "attribute": Entry("attributes:attribute", "Give sources, cases and actors attributes."),
    },
    "Coding": {
        "codebook": Entry("codebook_meaning:codebook", "Look at the codes, and change them."),
        "code": Entry("coding:code", "Put a code on a passage."),
        "recode": Entry("coding:recode", "Give a coding another code."),
        "resize": Entry("coding:resize", "Move the ends of a coding."),
        "uncode": Entry("coding:uncode", "Take a coding away."),
        "codings": Entry("retrieval:codings", "List coded passages."),
        "suggest": Entry("suggest:suggest", "Propose codings, each with its reasons; accept or reject them."),
        "memo": Entry("memos:memo", "Write, list, edit and remove memos."),
        "search": Entry("search:search", "Look for words in the sources, and code what is found."),
        "query": Entry("queries:query", "Ask for passages by their codes, and keep questions."),
        "set": Entry("queries:sets", "Keep sets of sources or of codes."),
        "tui": Entry("tui:tui", "Code in the terminal interface."),
    },
    "Answers": {
        "event": Entry("events:event", "Add, list and import dated events."),
        "phase": Entry("events:phase", "Add and list the phases of the case."),
        "timeline": Entry("displays:timeline", "Show what happened when."),
        "table": Entry("displays:table", "Compare: one dimension by another, or a table by its name."),
        "agreement": Entry("agreement:agreement", "Say how far coders agree, code by code."),
        "report": Entry("report:report", "Write the case report."),
    },
    "History and care": {
        "undo": Entry("history:undo", "Take back your own last acts."),
        "redo": Entry("history:redo", "Do again what you took back."),
        "log": Entry("history:log", "List all acts, or verify that nobody has altered them."),
        "merge": Entry("merging:merge", "Take in a colleague's copy of the project."),
        "backup": Entry("backups:backup", "Copy the project, and prove the copy."),
        "restore": Entry("backups:restore", "Make the project what a backup holds."),
        "check": Entry("check:check", "Check that all is well with the project's file."),
    },
}


class Root(LazyGroup):
    """The whole command line; every way out of it goes through diagnostics."""

    def main(  # type: ignore[override]  # click has it in three overloads
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        *,
        standalone_mode: bool = True,
        **extra: Any,  # noqa: ANN401 - as click has it
    ) -> Any:  # noqa: ANN401 - as click has it
        """Run one call and end the process with its exit code."""
        if not standalone_mode:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        diagnostics.hold_output()
        try:
            code = super().main(args, "qualcase", standalone_mode=False, **extra)
            sys.stdout.flush()
        except BrokenPipeError:
            code = diagnostics.leave_quietly()
        except (Exception, click.Abort) as fault:  # noqa: BLE001 - the one place where nothing may pass
            code = diagnostics.report(fault)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command; a reader that has gone is no fault."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise click.exceptions.Exit(diagnostics.leave_quietly()) from None


@click.group(
    cls=Root,
    sections=SECTIONS,
    example="qualcase new study.qualcase --case 'My network'",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="qualcase")
@click.pass_context
def cli(context: click.Context) -> None:
    """Follow a case over years: import, code, check each other, and walk every claim back to its line.

    `qualcase COMMAND --help` explains each command.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Run the command line and end the process."""
    try:
        cli()
    finally:
        # As it ends, Python looks for garbage through all that was loaded: a tenth of the time of a command.
        gc.freeze()
