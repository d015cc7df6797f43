"""A text in the person's own editor, without leaving it anywhere."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from qualcase.model.errors import InputError, UsageError

_USUAL = ("nano", "vi")


def edit_outside(
    text: str, name: str, *, hint: str, only_named: bool = False, stdout: int | None = None
) -> str:
    """Return a text as somebody left it in their editor.

    The file is the owner's alone, in a folder of its own, and both are gone afterwards. The editor is what
    VISUAL or EDITOR names, else a usual one, unless `only_named`; `stdout` is where it may write. Raises
    UsageError, with `hint`, where there is no editor or it fails, and InputError where it leaves no text.
    """
    command = _find_editor(hint, only_named=only_named)
    with tempfile.TemporaryDirectory(prefix="qualcase-") as folder:
        file = Path(folder) / f"{plain_name(name)}.txt"
        write_own(file, text)
        try:
            code = subprocess.run([*command, str(file)], check=False, stdout=stdout).returncode  # noqa: S603 -- the person's own editor
        except OSError as error:
            raise UsageError(f"{command[0]} cannot be started: {error.strerror}.", hint=hint) from None
        if code:
            raise UsageError(f"{command[0]} ended with the error {code}; nothing was changed.")
        try:
            written = file.read_bytes()
        except OSError as error:
            raise InputError(f"What the editor wrote cannot be read: {error.strerror}.") from None
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        kept = _keep(written, name)
        message = f"The editor did not write UTF-8; nothing was changed. What it wrote is kept in {kept}."
        raise InputError(message) from None


def keep_text(text: str, name: str) -> Path:
    """Keep a text that could not be taken in, in a new file beside the person's work, for its owner only."""
    return _keep(text.encode("utf-8"), name)


def write_own(file: Path, text: str) -> None:
    """Write a new file that only its owner can read."""
    _write(file, text.encode("utf-8"))


def _keep(written: bytes, name: str) -> Path:
    stem, number = f"{plain_name(name)}-edited", 0
    while (file := Path(f"{stem}{number or ''}.txt")).exists():
        number += 1
    _write(file, written)
    return file


def _write(file: Path, content: bytes) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as stream:  # noqa: PTH123 -- with its mode
        stream.write(content)


def plain_name(name: str) -> str:
    """Return a name that is safe as a file's: letters and digits, and dashes for the rest."""
    return "".join(letter if letter.isalnum() else "-" for letter in name)


def _find_editor(hint: str, *, only_named: bool) -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        if named := os.environ.get(variable, "").strip():
            try:
                return shlex.split(named)
            except ValueError:
                raise UsageError(f"{variable} is no command: {named}", hint=hint) from None
    found = None if only_named else next((path for name in _USUAL if (path := shutil.which(name))), None)
    if found is None:
        raise UsageError("There is no editor to correct the text in.", hint=hint)
    return [found]
