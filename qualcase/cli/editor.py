"""Handing a text to the person's own editor, without leaving it anywhere."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from qualcase.cli.options import settings
from qualcase.model.errors import InputError, UsageError

_USUAL = ("nano", "vi")
_STDERR = 2
_HINT = "Set EDITOR, as in EDITOR=nano, or give the corrected text with --from FILE."


def edit_text(text: str, name: str) -> str:
    """Return a text as somebody left it in their editor; UsageError where there is no editor or it failed.

    The file is the owner's alone, in a folder of its own, and both are gone afterwards.
    """
    command = _find_editor()
    with tempfile.TemporaryDirectory(prefix="qualcase-") as folder:
        file = Path(folder) / f"{_plain(name)}.txt"
        _write(file, text)
        _run([*command, str(file)])
        try:
            return file.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            raise InputError("The editor did not write UTF-8; nothing was changed.") from None
        except OSError as error:
            raise InputError(f"What the editor wrote cannot be read: {error.strerror}.") from None


def keep_text(text: str, name: str) -> Path:
    """Keep a text that could not be taken in, in a new file beside the person's work, for its owner only."""
    stem, number = f"{_plain(name)}-edited", 0
    while (file := Path(f"{stem}{number or ''}.txt")).exists():
        number += 1
    _write(file, text)
    return file


def _find_editor() -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        if named := os.environ.get(variable, "").strip():
            try:
                return shlex.split(named)
            except ValueError:
                raise UsageError(f"{variable} is no command: {named}", hint=_HINT) from None
    found = next((path for name in _USUAL if (path := shutil.which(name))), None)
    # Without a terminal an editor that nobody asked for would wait for ever.
    if found is None or not sys.stdin.isatty():
        raise UsageError("There is no editor to correct the text in.", hint=_HINT)
    return [found]


def _run(command: list[str]) -> None:
    output = _STDERR if settings().json else None
    try:
        code = subprocess.run(command, check=False, stdout=output).returncode  # noqa: S603 - the person's own editor
    except OSError as error:
        raise UsageError(f"{command[0]} cannot be started: {error.strerror}.", hint=_HINT) from None
    if code:
        raise UsageError(f"{command[0]} ended with the error {code}; nothing was changed.")


def _write(file: Path, text: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123 - with its mode
        stream.write(text)


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name)
