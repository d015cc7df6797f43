"""Calls that run, unpack or show what a stranger wrote are not made."""

from __future__ import annotations

import ast

import pytest

# A name as it is called, or the end of a dotted one.
NEVER = {
    "eval": "runs text as code",
    "exec": "runs text as code",
    "__import__": "hides an import from the rules",
    "os.system": "runs text as a command",
    "os.popen": "runs text as a command",
    "extractall": "unpacks whatever an archive names",
    "read_pickle": "runs what it reads",
    "jinja2.Template": "shows text unescaped",
    "Template": "shows text unescaped",
    "Markup": "vouches for text as markup; let a template escape it",
}
MAY = {("Markup", "qualcase/reports/html.py")}


def dangerous(module):
    """List the calls of a module that are not to be made."""
    calls = [node for node in module.nodes() if isinstance(node, ast.Call)]
    return [f"{module.path}:{call.lineno} {fault}" for call in calls for fault in _faults(call, module.path)]


def _faults(call, path):
    name = ast.unparse(call.func)
    given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    for bad, why in NEVER.items():
        dotted = "." in bad or bad in {"extractall", "read_pickle"}
        if (name == bad or (dotted and name.endswith(f".{bad}"))) and (bad, path) not in MAY:
            yield f"{name}(): {why}"
    if (
        name.split(".")[-1] in {"Environment", "SandboxedEnvironment"}
        and given.get("autoescape", "False") == "False"
    ):
        yield f"{name}() without autoescape: shows text unescaped"
    if given.get("shell") == "True":
        yield f"{name}(shell=True): runs text as a command"
    if given.get("allow_pickle") == "True":
        yield f"{name}(allow_pickle=True): runs what it reads"


def test_no_module_makes_a_dangerous_call(package):
    assert [fault for module in package for fault in dangerous(module)] == []


@pytest.mark.parametrize(
    "line",
    [
        "eval(text)",
        "exec(text)",
        "os.system(text)",
        "archive.extractall(folder)",
        "pandas.read_pickle(path)",
        "jinja2.Template(text)",
        "Template(text)",
        "jinja2.Environment(loader=loader)",
        "Environment(autoescape=False)",
        "subprocess.run(text, shell=True)",
        "numpy.load(path, allow_pickle=True)",
    ],
)
def test_each_is_found(sample, line):
    assert dangerous(sample(line))


def test_calls_that_look_alike_are_fine(sample):
    assert (
        dangerous(sample("model.eval\nre.compile(text)\nEnvironment(loader=loader, autoescape=True)")) == []
    )
