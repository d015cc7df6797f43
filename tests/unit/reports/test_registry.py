from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

import qualcase.reports as room
from qualcase.reports.errors import BinaryFormatError, UnknownFormatError
from qualcase.reports.registry import formats, render, render_bytes, report_formats, report_writer

DUMMY = """
from __future__ import annotations
from qualcase.reports.renderer import Renderer
RENDERER = Renderer("shout", ".txt", lambda display, options: display.title.upper())
"""
BINARY = DUMMY.replace("display.title.upper()", "display.title.encode()").replace("shout", "raw")


def test_the_formats_of_today_are_found():
    assert {"terminal", "html", "md", "csv", "json"} <= set(formats())
    assert {"html", "md", "csv", "json"} <= set(report_formats())


def test_every_format_is_named_as_its_module_and_renders(table):
    for name in formats():
        assert import_module(f"qualcase.reports.{name}").RENDERER.format == name
        assert "Knowledge mobility" in render(table, name)


def test_an_unknown_format_is_refused_with_those_there_are(table):
    with pytest.raises(UnknownFormatError) as refused:
        render(table, "papyrus")
    assert "papyrus" in refused.value.message
    assert "html" in (refused.value.hint or "")


def test_a_module_that_is_no_format_is_refused(table):
    with pytest.raises(UnknownFormatError):
        render(table, "wording")
    with pytest.raises(UnknownFormatError):
        report_writer("terminal")


@pytest.mark.parametrize(("name", "source"), [("shout", DUMMY), ("raw", BINARY)])
def test_a_new_format_is_one_new_file(table, tmp_path, monkeypatch, name, source):
    (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, f"qualcase.reports.{name}", raising=False)
    assert name in formats()
    if name == "raw":
        assert render_bytes(table, name) == b"Process by phase"
        with pytest.raises(BinaryFormatError):
            render(table, name)
    else:
        assert render(table, name) == "PROCESS BY PHASE"
    monkeypatch.delattr(room, name, raising=False)
    sys.modules.pop(f"qualcase.reports.{name}")


def test_a_table_in_the_terminal_does_not_wait_for_the_template_engine():
    line = (
        "import sys; from qualcase.reports.registry import renderer; renderer('terminal'); "
        "assert 'jinja2' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", line], check=False).returncode == 0
