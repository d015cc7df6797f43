"""HTML: one file that reads with scripts off and asks nothing of any network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.evidence import index_display
from qualcase.reports.renderer import Renderer, ReportWriter
from qualcase.reports.sections import make_sections
from qualcase.reports.templating import environment
from qualcase.reports.timeline_geometry import lay_out

if TYPE_CHECKING:
    from qualcase.model.display import Display
    from qualcase.reports.content import ReportContent
    from qualcase.reports.renderer import Options


def display_page(display: Display) -> str:
    """Return a page with one display."""
    template = environment().get_template("display_page.html.j2")
    return template.render(display=display, index=index_display(display), lay_out=lay_out)


def report_page(content: ReportContent) -> str:
    """Return the whole report as one page."""
    template = environment().get_template("report.html.j2")
    return template.render(
        content=content, sections=make_sections(content), index=content.index, lay_out=lay_out
    )


def _render(display: Display, _options: Options) -> str:
    return display_page(display)


def _report(content: ReportContent) -> dict[str, str]:
    return {"report.html": report_page(content)}


RENDERER = Renderer("html", ".html", _render)
REPORT = ReportWriter("html", _report)
