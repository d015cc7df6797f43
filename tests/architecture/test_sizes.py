"""A reader can hold a file, and a function, in the head."""

from __future__ import annotations

import ast
from statistics import median

FILE_CAP, FILE_MEDIAN = 400, 130
FUNCTION_CAP, FUNCTION_MEDIAN = 60, 8


def function_lengths(module):
    """Map each function to its lines of code, signature included, docstring not."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        f"{module.path}: {node.name}": _length(node)
        for node in ast.walk(module.tree)
        if isinstance(node, kinds)
    }


def _length(function):
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    return lines - (first.end_lineno - first.lineno + 1 if ast.get_docstring(function) else 0)


def test_no_file_is_too_long(package, test_modules):
    lengths = {module.path: module.lines for module in package + test_modules}
    assert {path: lines for path, lines in lengths.items() if lines > FILE_CAP} == {}


def test_the_usual_file_is_short(package):
    # A room's one-line __init__ would flatter the median.
    assert (
        median(module.lines for module in package if not module.path.endswith("__init__.py")) <= FILE_MEDIAN
    )


def test_no_function_is_too_long(package):
    lengths = {name: lines for module in package for name, lines in function_lengths(module).items()}
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_CAP} == {}


def test_the_usual_function_is_short(package):
    assert (
        median(lines for module in package for lines in function_lengths(module).values()) <= FUNCTION_MEDIAN
    )


def test_lines_are_counted_as_said(sample):
    text = 'def act(\n    one,\n):\n    """Say it.\n\n    At length.\n    """\n    return one\n'
    assert function_lengths(sample(text, "thing.py")) == {"thing.py: act": 4}
