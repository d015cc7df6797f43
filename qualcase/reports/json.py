"""JSON: the display exactly as `--json` prints it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from qualcase.reports.renderer import Renderer, ReportWriter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from qualcase.model.display import Display
    from qualcase.reports.content import ReportContent
    from qualcase.reports.renderer import Options

# JSON escapes C0 by itself; these would still act on a terminal, or cannot be written as UTF-8.
_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def write_json(value: Mapping[str, Any]) -> str:
    """Return a value as JSON; characters that act rather than show are written by their numbers."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _render(display: Display, _options: Options) -> str:
    return write_json(display.as_json())


def _report(content: ReportContent) -> dict[str, str]:
    return {"report.json": write_json(content.as_json())}


RENDERER = Renderer("json", ".json", _render)
REPORT = ReportWriter("json", _report)
