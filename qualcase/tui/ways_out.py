"""What an error says, with a way out that a key leads to where there is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcase.model.errors import QualcaseError

# A command as a hint writes it, between marks or to the end of the sentence.
_COMMAND = re.compile(r"`qualcase ([^`]+)`|\bqualcase ([a-z][^`.;)]*)")
# The longest beginning of a command that is here names the keys; other commands have none.
_KEYS = {
    "actor list": "g then a",
    "actor merge": "m among the actors (g then a)",
    "code ": "c on the coding screen",
    "codebook confirm": "Y in the codebook (g then b)",
    "codebook edit": "e in the codebook (g then b)",
    "codebook list": "g then b",
    "codebook move": "m in the codebook (g then b)",
    "codebook reread": "y in the codebook (g then b)",
    "log": "g then l",
    "log --verify": "v in the log (g then l)",
    "new": "n at home (g then h)",
    "query list": "l among the passages (g then p)",
    "review": "g then r",
    "source done": "D on the coding screen",
    "sources": "g then s",
    "undo": "u",
    "uncode": "x on the coding screen",
}


def full_sentence(fault: QualcaseError) -> str:
    """Return what an error says, with its way out: the keys for it, where a key does what a command does."""
    return f"{fault.message} {_by_key(fault.hint)}" if fault.hint else fault.message


def _by_key(hint: str) -> str:
    whole = _COMMAND.fullmatch(hint.strip("."))
    said = _COMMAND.sub(_keys, hint)
    return f"Key: {said}." if whole and said != hint and not said.endswith(".") else said


def _keys(found: re.Match[str]) -> str:
    command = found[1] or found[2]
    known = [beginning for beginning in _KEYS if f"{command} ".startswith(f"{beginning.strip()} ")]
    return _KEYS[max(known, key=len)] if known else found[0]
