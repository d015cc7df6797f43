"""Desks that are loaded when they are first sat down at: listing sources must not wait for the reports."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Generic, Self, TypeVar, overload

if TYPE_CHECKING:
    from qualcase.project.project import Project

DeskType = TypeVar("DeskType")


class LazyDesk(Generic[DeskType]):
    """A desk by its module in this room and its class there; made once a project, on first use."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name
        self._attribute = ""

    def __set_name__(self, owner: type, attribute: str) -> None:
        """Remember under which name the project has this desk."""
        self._attribute = attribute

    @overload
    def __get__(self, project: None, owner: type) -> Self: ...

    @overload
    def __get__(self, project: Project, owner: type) -> DeskType: ...

    def __get__(self, project: Project | None, owner: type) -> Self | DeskType:
        """Return the desk, which from then on is a plain attribute of the project."""
        if project is None:
            return self
        desk: DeskType = getattr(import_module(f"qualcase.project.{self._module}"), self._name)(project)
        project.__dict__[self._attribute] = desk
        return desk
