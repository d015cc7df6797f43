"""What goes to stderr, and with which exit code a call ends."""

from __future__ import annotations

import io
import os
import sys
import traceback

import click

from qualcase.model.errors import QualcaseError
from qualcase.text.visible import make_visible, make_visible_line

DONE, ANSWERED_NO, WRONG, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141


def report(fault: BaseException) -> int:
    """Tell the user of a fault in one line, and a hint where there is a way out; return the exit code."""
    if os.environ.get("QUALCASE_DEBUG"):
        click.echo(make_visible("".join(traceback.format_exception(fault))), err=True)
    if isinstance(fault, QualcaseError):
        say_error(fault.message, fault.hint)
        return fault.exit_code
    if isinstance(fault, click.UsageError):
        say_error(_usage_message(fault), _usage_hint(fault))
        return WRONG
    if isinstance(fault, click.Abort):
        say_error("Stopped, as you asked; what had not been written yet is not in the project.")
        return INTERRUPTED
    message, code = _unforeseen(fault)
    say_error(message, "Set QUALCASE_DEBUG=1 to see where it happened." if code == ANSWERED_NO else None)
    return code


def say_error(message: str, hint: str | None = None) -> None:
    """Write one line `error: …` to stderr, and one line `hint: …` where there is one."""
    click.echo(f"error: {_one_line(message)}", err=True)
    if hint:
        click.echo(f"hint: {_one_line(hint)}", err=True)


def say(message: str) -> None:
    """Write a message that is no fault to stderr."""
    click.echo(make_visible_line(message), err=True)


def hold_output() -> None:
    """See to it that what is printed is written whole, or that a fault says that it was not.

    Where Python is told to keep no buffer (PYTHONUNBUFFERED), its text stream drops without a word what a
    short write left over: when the disk is full, the reader leaves, or the process is stopped in the middle.
    """
    stream = sys.stdout
    if isinstance(getattr(stream, "buffer", None), io.RawIOBase):
        sys.stdout = open(  # noqa: SIM115 - it lives as long as the process
            stream.fileno(), "w", encoding=stream.encoding, errors=stream.errors, closefd=False
        )


def leave_quietly() -> int:
    """Stop writing to a reader that has gone, such as `head`, without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED


def _one_line(message: str) -> str:
    # A line break that was meant as white space is one; any other is part of a name and is shown.
    return make_visible_line(message.strip().replace("\n\n", " "))


def _usage_message(fault: click.UsageError) -> str:
    message = " ".join(fault.format_message().split())
    return message if message.endswith((".", "?")) else f"{message}."


def _usage_hint(fault: click.UsageError) -> str:
    return f"{fault.ctx.command_path if fault.ctx else 'qualcase'} --help"


def _unforeseen(fault: BaseException) -> tuple[str, int]:
    if isinstance(fault, UnicodeEncodeError):
        return "A name or a text that was given is not valid UTF-8; nothing was changed.", WRONG
    if isinstance(fault, OSError) and fault.strerror:
        what = (
            os.fsdecode(fault.filename)
            if isinstance(fault.filename, str | bytes)
            else "Reading or writing failed"
        )
        return f"{what}: {fault.strerror}.", ANSWERED_NO
    if isinstance(fault, MemoryError):
        return "There is not enough memory for this.", ANSWERED_NO
    what = str(fault).strip() or "no more is known"
    return f"Something that should not happen did ({type(fault).__name__}: {what}).", ANSWERED_NO
