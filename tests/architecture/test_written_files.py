"""Files that a user names are written in one module; what else writes files writes its own."""

from __future__ import annotations

import ast

import pytest

# Who writes files at all, and which.
WRITERS = {
    "qualcase/files/whole_file.py": "every file that a user names",
    "qualcase/storage/sqlite/files.py": "projects and backups, where nothing stands",
    "qualcase/storage/snapshots.py": "backups, into files that it made",
    "qualcase/storage/backup.py": "a project that is restored, and a damaged one among its backups",
    "qualcase/project/own_editor.py": "a draft for an editor, under a name of its own",
    "qualcase/tui/memory.py": "where one was, in the user's own folder of settings",
    "qualcase/cli/diagnostics.py": "to its own output, anew",
    "qualcase/readers/worker.py": "to nothing",
}
ALWAYS = {
    "write_text", "write_bytes", "touch", "mkstemp", "NamedTemporaryFile", "TemporaryFile", "symlink_to",
    "hardlink_to", "os.open", "os.replace", "os.rename", "os.link", "os.symlink", "shutil.copy",
    "shutil.copy2", "shutil.copyfile", "shutil.move",
}  # fmt: skip
WRITING = set("wax+")


def writes(module):
    """List the calls of a module that write a file, or give one another name."""
    calls = [node for node in module.nodes() if isinstance(node, ast.Call)]
    return [f"{module.path}:{call.lineno} {ast.unparse(call.func)}" for call in calls if _writes(call)]


def _writes(call):
    name = ast.unparse(call.func)
    last = name.rpartition(".")[2]
    if name in ALWAYS or last in ALWAYS:
        return True
    if last == "open":
        return any(isinstance(mode, str) and WRITING & set(mode) for mode in _modes(call))
    # A text's replace() has two arguments, a date's has names; the codebook's own rename() asks for a name.
    return last in {"replace", "rename"} and name != "self.changes.rename" and _is_path_call(call)


def _modes(call):
    given = [*call.args[:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return [value.value for value in given if isinstance(value, ast.Constant)]


def _is_path_call(call):
    return len(call.args) == 1 and not call.keywords


def test_files_are_written_only_by_those_who_write_their_own(package):
    found = [line for module in package if module.path not in WRITERS for line in writes(module)]
    assert found == []


def test_each_of_them_does(package):
    found = {module.path for module in package if writes(module)}
    assert found == set(WRITERS)


@pytest.mark.parametrize(
    "line",
    [
        "path.write_text(text)",
        "path.write_bytes(content)",
        "open(path, 'w')",
        "path.open('wb')",
        "path.open(mode='a')",
        "path.open('r+b')",
        "os.open(path, os.O_WRONLY)",
        "draft.replace(path)",
        "os.replace(draft, path)",
        "draft.rename(path)",
        "tempfile.mkstemp(dir=folder)",
        "shutil.copyfile(one, other)",
    ],
)
def test_each_is_found(sample, line):
    assert writes(sample(line))


def test_calls_that_look_alike_are_fine(sample):
    lines = (
        "open(path)",
        "path.open('rb')",
        "text.replace('a', 'b')",
        "replace(event, line=3)",
        "store.open(path)",
    )
    assert writes(sample("\n".join(lines))) == []
