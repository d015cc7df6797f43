"""The manners of the house that a linter does not see, or that we want seen twice."""

from __future__ import annotations

import ast
import re

FRONT_DOORS = ("qualcase/cli/__init__.py", "qualcase/cli/main.py", "qualcase/tui/__init__.py")
FUTURE = "from __future__ import annotations"


def catches_everything(module):
    """List the handlers that would hide a fault of ours; one that ends in `raise` only tidies up."""
    broad = {"Exception", "BaseException"}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            names = {
                name.id
                for name in ast.walk(node.type or ast.Name("BaseException"))
                if isinstance(name, ast.Name)
            }
            tidies = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if names & broad and not tidies:
                yield f"{module.path}:{node.lineno}"


def undocumented(module):
    """List the public functions and classes, and the module, that do not say what they are."""
    if module.text.strip() and not ast.get_docstring(module.tree):
        yield module.path
    yield from (f"{module.path}: {name}" for name in _silent(module.tree))


def _silent(owner):
    for node in owner.body:
        if isinstance(
            node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        ) and not node.name.startswith("_"):
            overload = any(
                ast.unparse(item).endswith(("overload", "override")) for item in node.decorator_list
            )
            if not overload and not ast.get_docstring(node):
                yield node.name
            if isinstance(node, ast.ClassDef):
                yield from (f"{node.name}.{name}" for name in _silent(node))


def test_only_the_front_doors_catch_everything(package):
    inside = [module for module in package if module.path not in FRONT_DOORS]
    assert [fault for module in inside for fault in catches_everything(module)] == []


def test_every_public_thing_says_what_it_is(package):
    assert [fault for module in package for fault in undocumented(module)] == []


def test_every_module_begins_with_postponed_annotations(package, test_modules):
    # A room's __init__ may be its one sentence.
    spoken = [module for module in package + test_modules if len(module.tree.body) > 1]
    assert [module.path for module in spoken if FUTURE not in module.text] == []


def test_nothing_is_left_for_later(package):
    marks = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert [(module.path, found) for module in package for found in marks.findall(module.text)] == []
    assert [module.path for module in package if "raise NotImplementedError" in module.text] == []


def test_a_handler_that_hides_faults_is_found(sample):
    for handler in ("except Exception:", "except:", "except (ValueError, BaseException) as error:"):
        assert list(catches_everything(sample(f"try:\n    act()\n{handler}\n    return_nothing()")))


def test_a_handler_that_tidies_up_is_fine(sample):
    assert (
        list(catches_everything(sample("try:\n    act()\nexcept BaseException:\n    tidy()\n    raise")))
        == []
    )
    assert list(catches_everything(sample("try:\n    act()\nexcept ValueError:\n    tidy()"))) == []


def test_a_silent_method_is_found(sample):
    text = (
        '"""Module."""\nclass Thing:\n    """A thing."""\n    def act(self): ...\n    def _inner(self): ...'
    )
    assert list(undocumented(sample(text, "thing.py"))) == ["thing.py: Thing.act"]
