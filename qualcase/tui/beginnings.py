"""What is asked where a project is begun, what each answer means, and the project asked for."""

from __future__ import annotations

from pathlib import Path

from qualcase.codebook.shipped import read_shipped, shipped_codebooks
from qualcase.project.codebook import NO_CODES
from qualcase.reports.wording import plural
from qualcase.tui.dialogues.form import Field
from qualcase.tui.lobby import Beginning
from qualcase.tui.paths import read_path

MODES = {
    "codebook": "A shared codebook that may grow as you code; coders are compared where they want to be.",
    "coding-reliability": "Coders work apart with a fixed codebook, and how far they agree is counted.",
    "reflexive": "Codes grow out of your own reading, which memos account for; agreement is not counted.",
}
_SUFFIX = ".qualcase"
_FIRST = "four-process"


def codebook_offers() -> list[tuple[str, str]]:
    """Return the codebooks that ship, the usual one first, each with a sentence on it."""
    names = sorted(shipped_codebooks(), key=lambda name: (name != _FIRST, name))
    books = [(name, read_shipped(name)) for name in names]
    offered = [(name, f"{book.title}: {plural(len(book.codes), 'code')}.") for name, book in books]
    return [*offered, (NO_CODES, "No codes yet: they come from the text, as you code it.")]


def begin_fields(coder: str, offered: list[tuple[str, str]], before: dict[str, str]) -> list[Field]:
    """Return what is asked, each filled in with what was answered before or what is usual."""
    names = " · ".join(name for name, _ in offered)
    usual = {"file": str(free_name()), "book": _FIRST, "case": "", "coder": coder, "mode": "codebook"}
    value = usual | before
    return [
        Field(
            "file", "File", value["file"], "The project is this one file; a folder before it may be named."
        ),
        Field(
            "book",
            f"Codebook  (↑↓ {names})",
            value["book"],
            "One that ships, none, or the path of a YAML or CSV file; several with a comma between.",
        ),
        Field(
            "case", "Case", value["case"], "What is studied first. Left empty, it is called as the file is."
        ),
        Field("coder", "Coder", value["coder"], "Who acts: under this name your codings are kept."),
        Field("mode", f"Mode  (↑↓ {' · '.join(MODES)})", value["mode"], "How coders work together."),
    ]


def check_beginning(answers: dict[str, str]) -> str:
    """Return a sentence on the first answer that cannot be taken, or an empty text."""
    if not read_path(answers["file"]).name:
        return "The project needs a file's name."
    path = project_path(answers["file"])
    if path.exists():
        return f"{path.name} is there already: give another name, or open it from home."
    if not path.parent.is_dir():
        return f"There is no folder {path.parent}."
    if strange := next((one for one in _codebooks(answers) if not _is_codebook(one)), ""):
        return f"There is no codebook “{strange}”, neither shipped nor as a file."
    if not answers["coder"]:
        return "Who codes needs a name."
    return "" if answers["mode"] in MODES else f"The mode is one of {', '.join(MODES)}."


def read_beginning(answers: dict[str, str]) -> Beginning:
    """Return the project that the answers ask for."""
    path = project_path(answers["file"])
    return Beginning(path, tuple(_codebooks(answers)) or (_FIRST,), answers["case"], answers["mode"])


def project_path(typed: str) -> Path:
    """Return the project's file that is meant; its ending need not be typed."""
    path = read_path(typed)
    return path if path.suffix == _SUFFIX else path.with_name(f"{path.name}{_SUFFIX}")


def free_name() -> Path:
    """Return a name that no project in the current folder has."""
    names = ["study", *(f"study-{number}" for number in range(2, 100))]
    return next((path for name in names if not (path := Path(f"{name}{_SUFFIX}")).exists()), Path())


def _codebooks(answers: dict[str, str]) -> list[str]:
    return [one.strip() for one in answers["book"].split(",") if one.strip()]


def _is_codebook(name: str) -> bool:
    return name in {NO_CODES, *shipped_codebooks()} or read_path(name).is_file()
