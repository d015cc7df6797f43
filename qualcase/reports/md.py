"""Markdown: pipe tables with their evidence below; the same bytes from the same input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.markdown_blocks import block_lines
from qualcase.reports.markdown_display import display_lines
from qualcase.reports.markdown_text import escape
from qualcase.reports.renderer import Renderer, ReportWriter
from qualcase.reports.sections import make_sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.display import Display
    from qualcase.reports.content import ReportContent
    from qualcase.reports.renderer import Options


def report_text(content: ReportContent) -> str:
    """Return the whole report in Markdown."""
    lead = f"Case report: {content.case}"
    lines = [f"# {escape(content.title)}", "", *([] if content.title == lead else [escape(lead), ""])]
    for section in make_sections(content):
        lines += [f'<a id="{section.id}"></a>', "", f"## {section.number} {escape(section.title)}", ""]
        for block in section.blocks:
            lines += [*block_lines(block, content.index), ""]
    return _joined(lines)


def _joined(lines: Sequence[str]) -> str:
    """Return the lines with no more than one empty line in a row."""
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n") + "\n"


def _render(display: Display, _options: Options) -> str:
    return _joined([f"# {escape(display.title)}", "", *display_lines(display)])


def _report(content: ReportContent) -> dict[str, str]:
    return {"report.md": report_text(content)}


RENDERER = Renderer("md", ".md", _render)
REPORT = ReportWriter("md", _report)
