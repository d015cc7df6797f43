"""Finds every display in this room: a module here with a module-level `DISPLAY` is one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import qualcase.analysis
from qualcase.analysis.errors import BadParameterError, UnknownDisplayError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Display


@dataclass(frozen=True, slots=True)
class DisplaySpec:
    """A display by its name: the title it bears, the question it answers, and what builds it.

    `build` takes the coded data and keyword parameters that are strings with defaults.
    """

    name: str
    title: str
    question: str
    build: Callable[..., Display]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters that `build` understands."""
        return tuple(inspect.signature(self.build).parameters)[1:]


def displays() -> dict[str, DisplaySpec]:
    """Return every display of this room by its name, in the order of the names."""
    found = (spec for spec in module_values("DISPLAY") if isinstance(spec, DisplaySpec))
    return {spec.name: spec for spec in sorted(found, key=lambda spec: spec.name)}


def build(name: str, data: CodedData, **parameters: str) -> Display:
    """Build the display of that name.

    Raises UnknownDisplayError for a name that no module answers to, BadParameterError for a parameter
    that the display does not understand.
    """
    known = displays()
    if name not in known:
        raise UnknownDisplayError(name, known)
    spec = known[name]
    for parameter in parameters:
        if parameter not in spec.parameters:
            understood = ", ".join(spec.parameters) or "none"
            message = f"The table “{name}” has no parameter “{parameter}”."
            raise BadParameterError(message, hint=f"Its parameters: {understood}.")
    return spec.build(data, **parameters)


def module_values(attribute: str) -> Iterator[Any]:
    """Yield what each module of this room keeps under a name, where it keeps anything."""
    for module in sorted(pkgutil.iter_modules(qualcase.analysis.__path__), key=lambda module: module.name):
        found = importlib.import_module(f"qualcase.analysis.{module.name}")
        if hasattr(found, attribute):
            yield getattr(found, attribute)
