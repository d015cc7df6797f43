"""A text in the person's own editor, while the workbench rests."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from qualcase.model.errors import InputError, UsageError

_USUAL = ("nano", "vi")
_HINT = "Set EDITOR, as in EDITOR=nano, before the workbench is begun; i types here."


def find_editor() -> list[str]:
    """Return the command of the person's editor; UsageError where there is none."""
    for variable in ("VISUAL", "EDITOR"):
        if named := os.environ.get(variable, "").strip():
            try:
                return shlex.split(named)
            except ValueError:
                raise UsageError(f"{variable} is no command: {named}", hint=_HINT) from None
    found = next((path for name in _USUAL if (path := shutil.which(name))), None)
    if found is None:
        raise UsageError("There is no editor on this machine.", hint=_HINT)
    return [found]


def edit_outside(text: str, name: str) -> str:
    """Return a text as somebody left it in their editor.

    The file is the owner's alone, in a folder of its own, and both are gone afterwards.
    """
    command = find_editor()
    with tempfile.TemporaryDirectory(prefix="qualcase-") as folder:
        file = Path(folder) / f"{_plain(name)}.txt"
        write_own(file, text)
        try:
            code = subprocess.run([*command, str(file)], check=False).returncode  # noqa: S603 -- the person's own editor
        except OSError as error:
            raise UsageError(f"{command[0]} cannot be started: {error.strerror}.", hint=_HINT) from None
        if code:
            raise UsageError(f"{command[0]} ended with the error {code}; nothing was changed.")
        try:
            return file.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            raise InputError("The editor did not write UTF-8; nothing was changed.") from None
        except OSError as error:
            raise InputError(f"What the editor wrote cannot be read: {error.strerror}.") from None


def write_own(file: Path, text: str) -> None:
    """Write a new file that only its owner can read."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123 -- with its mode
        stream.write(text)


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name)
