"""Modules that a library names when it is loaded and most programs never use: loaded when they are used."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Keep modules from being loaded meanwhile: whoever names one is handed a stand-in for it.

    A stand-in loads its module when it is first asked for anything, then or later. Once this ends, whoever
    else imports the module gets the module itself. One that is loaded already is left alone.
    """
    standing = {name: _StandIn(name) for name in names if name not in sys.modules}
    sys.modules.update(standing)
    try:
        yield
    finally:
        for name, one in standing.items():
            one.leave()
            _put_within(name, one)


class _StandIn(ModuleType):
    """What stands for a module that is not loaded yet."""

    def leave(self) -> None:
        """Make room for the module itself."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
        self.leave()
        return getattr(import_module(self.__name__), name)

    # SQLAlchemy takes this one of asyncio's functions at once, to call it where there are such things.
    def iscoroutine(self, thing: object) -> bool:
        """Ask the module itself."""
        return bool(self.__getattr__("iscoroutine")(thing))


def _put_within(name: str, one: ModuleType) -> None:
    # `import a.b` is followed by `a.b.c`, which looks for b in a, not among the modules.
    within, _, own = name.rpartition(".")
    if within in sys.modules and not hasattr(sys.modules[within], own):
        setattr(sys.modules[within], own, one)
