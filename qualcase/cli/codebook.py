"""Codebooks: looking at them, bringing them in and taking them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcase.cli.codebook_lines import book_lines, code_lines, finding_shape, version_lines
from qualcase.cli.diagnostics import ANSWERED_NO, say_error
from qualcase.cli.groups import Group
from qualcase.cli.opening import opened, opened_to_read
from qualcase.cli.output import emit, emit_display, write_file
from qualcase.cli.shapes import codebook_shape, version_shape
from qualcase.model.errors import UnknownNameError
from qualcase.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.codebook.checks import Finding
    from qualcase.model.code import Code, Codebook
    from qualcase.project import Project

    Checked = tuple[tuple[Codebook, ...], tuple[tuple[Codebook, Finding], ...]]


@click.group(cls=Group, example="qualcase codebook list")
def codebook() -> None:
    """Look at the codes, and change them; every change is a new version that the journal keeps."""


@codebook.command("list", example="qualcase codebook list --json")
@click.option("--codebook", "name", metavar="NAME", help="Only this codebook.")
def list_codes(name: str | None) -> None:
    """List every code of the project's codebooks as a tree, with how often each was used."""
    with opened_to_read() as project:
        books, usage = project.codebook.all(), project.codebook.usage()
        if name is not None:
            books = (_named(books, name),)
        first = books[0] if books else project.codebook.current()
    shapes = [codebook_shape(book, book.codes, usage) for book in books]
    document = codebook_shape(first, first.codes, usage) | {"codebooks": shapes}
    emit(document, (line for book in books for line in book_lines(book, usage)))


@codebook.command(example="qualcase codebook show KM.TRUST")
@click.argument("name", metavar="[CODE|CODEBOOK]", required=False)
def show(name: str | None) -> None:
    """Show one code with its definition and rules, or a whole codebook."""
    with opened_to_read() as project:
        books, usage = project.codebook.all(), project.codebook.usage()
        whole = next((book for book in books if book.id == name), None)
        book, codes = (whole, whole.codes) if whole else _book_and_codes(project, name)
    lines = (*book_lines(book, usage), *book.rules) if len(codes) > 1 else code_lines(codes[0], usage)
    emit(codebook_shape(book, codes, usage) | {"rules": list(book.rules)}, lines)


@codebook.command("import", example="qualcase codebook import cop-leadership")
@click.argument("name", metavar="NAME|FILE")
def import_codebook(name: str) -> None:
    """Bring in a codebook that ships with qualcase, or one from a YAML or CSV file."""
    from qualcase.codebook.checks import warnings  # noqa: PLC0415 - not for --help

    with opened() as project:
        book = project.codebook.import_file(name)
    doubts = warnings(book)
    many = f"Brought in {book.id} ({book.title}) with {plural(len(book.codes), 'code')}."
    emit(
        codebook_shape(book, book.codes, {}) | {"warnings": doubts},
        (many, *(f"note: {doubt}" for doubt in doubts)),
    )


@codebook.command(example="qualcase codebook export codes.yaml")
@click.argument("file", metavar="FILE")
@click.option("--codebook", "name", metavar="NAME", help="Which one.  [the first]")
def export(file: str, name: str | None) -> None:
    """Write a codebook to a YAML or CSV file."""
    path = Path(file)
    with opened() as project:
        text = project.codebook.export_text(path, name)
        book = _named(project.codebook.all(), name) if name is not None else project.codebook.current()
    write_file(path, text.encode())
    document = {"written": [file], "codebook": book.id, "version": book.version}
    emit(document, (f"Wrote {book.id}, version {book.version}, to {file}.",))


@codebook.command(example="qualcase codebook history KM.TRUST")
@click.argument("code", metavar="[CODE]", required=False)
@click.option("--format", "form", metavar="FORMAT", help="As a table: terminal, md, html, csv or json.")
@click.option("-o", "--output", metavar="FILE", help="Write the table, in the format that the name tells.")
def history(code: str | None, form: str | None, output: str | None) -> None:
    """Tell the life of the codebooks, or of one code: who changed what, when and why."""
    with opened() as project:
        versions = project.codebook.history(code)
        title = f"Versions in the life of {project.codebook.find(code).id}" if code is not None else None
    if form is not None or output is not None:
        from qualcase.codebook.narration import version_display  # noqa: PLC0415 - not for --help

        emit_display(version_display(versions, title or "Versions of the codebook"), form, output)
        return
    several = len({version.codebook for version in versions}) > 1
    shapes = [version_shape(version) for version in versions]
    emit({"history": shapes}, version_lines(versions, several=several))


@codebook.command(example="qualcase codebook check codes.yaml")
@click.argument("file", metavar="[FILE]", required=False)
@click.pass_context
def check(context: click.Context, file: str | None) -> None:
    """Check the project's codebooks and their use, or a file before it is brought in."""
    books, found = _checked_file(file) if file is not None else _checked_project()
    findings = [finding_shape(book, finding) for book, finding in found]
    wrong = [finding for finding in findings if finding["level"] == "error"]
    doubts = [
        f"note: {finding['codebook']}: {finding['message']}." for finding in findings if finding not in wrong
    ]
    count = sum(len(book.codes) for book in books)
    verb = "was" if count == 1 else "were"
    head = f"{plural(count, 'code')} in {', '.join(book.id for book in books)} {verb} checked."
    emit({"ok": not wrong, "findings": findings}, (head, *doubts))
    for finding in wrong:
        say_error(f"{finding['codebook']}: {finding['message']}.")
    if wrong:
        context.exit(ANSWERED_NO)


def _checked_file(file: str) -> Checked:
    from qualcase.codebook.checks import check_codebook  # noqa: PLC0415 - not for --help
    from qualcase.project.codebook import load_codebook  # noqa: PLC0415 - opens the store

    book = load_codebook(file)
    return (book,), tuple((book, finding) for finding in check_codebook(book))


def _checked_project() -> Checked:
    with opened_to_read() as project:
        return project.codebook.all(), project.codebook.check()


def _named(books: Sequence[Codebook], name: str) -> Codebook:
    for book in books:
        if book.id == name:
            return book
    raise UnknownNameError("codebook", name, hint=f"The codebooks: {', '.join(book.id for book in books)}.")


def _book_and_codes(project: Project, name: str | None) -> tuple[Codebook, tuple[Code, ...]]:
    if name is None:
        book = project.codebook.current()
        return book, book.codes
    code = project.codebook.find(name)
    return project.codebook.home_of(code), (code,)
