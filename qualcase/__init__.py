"""Follow a case over years: import, code, check each other, and walk every claim back to its line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualcase.model.errors import QualcaseError
    from qualcase.project import create_project as create
    from qualcase.project import open_project as open

__version__ = "0.1.0"
__all__ = ["QualcaseError", "__version__", "create", "open"]

# Loaded when first asked for (PEP 562): `qualcase --version` must not wait for a database.
_HOMES = {
    "QualcaseError": ("qualcase.model.errors", "QualcaseError"),
    "create": ("qualcase.project", "create_project"),
    "open": ("qualcase.project", "open_project"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- a module's attribute may be anything
    """Return a public name from the room it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room, attribute = _HOMES[name]
    return getattr(import_module(room), attribute)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
