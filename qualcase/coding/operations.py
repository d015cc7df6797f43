"""Acts: every kind of operation that coders perform, found by looking into the folder `acts`.

A new kind of act is one new module there with an `ACT`; the journal, undo, redo, the log and
`Project.perform` know it from then on.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from qualcase.model.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.model.operation import Operation


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of operation: its name in the journal, what it does, and the function that builds it."""

    kind: str
    purpose: str
    build: Callable[..., Operation]


@cache
def acts() -> dict[str, Act]:
    """Return every act by its kind."""
    from qualcase.coding import acts as folder  # noqa: PLC0415 - the folder's modules need this one

    found = (
        importlib.import_module(f"{folder.__name__}.{module.name}").ACT
        for module in pkgutil.iter_modules(folder.__path__)
    )
    return {act.kind: act for act in sorted(found, key=lambda act: act.kind)}


def find_act(kind: str) -> Act:
    """Return the act of a kind; UnknownNameError lists what there is."""
    known = acts()
    if kind not in known:
        raise UnknownNameError("act", kind, hint=f"Known acts: {', '.join(known)}.")
    return known[kind]
