"""The package as its rules see it: modules with their syntax trees."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Module:
    """One file of Python: where it lies below its root, its text and its tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def nodes(self) -> Iterator[ast.AST]:
        """Walk the tree without what stands under `if TYPE_CHECKING`, which never runs."""
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(_running_children(node))

    def imports(self) -> Iterator[str]:
        """Name every module that is imported when the code runs, at the top or inside a function."""
        for node in self.nodes():
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _running_children(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
        yield from node.orelse
    else:
        yield from ast.iter_child_nodes(node)


def _read(root: Path, below: str) -> list[Module]:
    files = sorted((root / below).rglob("*.py"))
    return [Module(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")) for file in files]


@pytest.fixture(scope="session")
def package(repo: Path) -> list[Module]:
    """Return every module of the package."""
    modules = _read(repo, "qualcase")
    assert modules
    return modules


@pytest.fixture(scope="session")
def test_modules(repo: Path) -> list[Module]:
    """Return every module of the tests."""
    return _read(repo, "tests")


@pytest.fixture(scope="session")
def sample() -> Callable[..., Module]:
    """Return a way to make a module of a few lines, to see that a rule finds what it forbids."""

    def make(text: str, path: str = "qualcase/room/thing.py") -> Module:
        return Module(path, text)

    return make


@pytest.fixture(scope="session")
def tracked(repo: Path) -> list[Path]:
    """Return the files that git keeps and that exist, or skip outside a clone."""
    if not (repo / ".git").exists():
        pytest.skip("needs a git clone to know which files belong to the project")
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=repo, capture_output=True, check=True).stdout.decode()
    return [repo / name for name in listed.split("\0") if name and (repo / name).is_file()]
