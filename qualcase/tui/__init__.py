"""The terminal interface: screens and widgets over the project's one door."""

from __future__ import annotations

import os

# What a key changes after its first paint, as when it has been saved, would wait for up to two of Textual's
# sixtieths of a second. Textual reads this once, as it is imported.
os.environ.setdefault("TEXTUAL_FPS", "120")
