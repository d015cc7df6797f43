"""What is remembered on this machine between sessions: recent projects, colours, panes, where one left off.

Nothing of it is the project's: the file is the person's own, readable by nobody else, holds no words of any
source, and may be deleted at any time.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_state_path

_MOST_RECENT = 12


class Memory:
    """Settings and places by project and coder, kept in one small file; a damaged one is begun anew."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._kept = _read(path) if path else {}

    def recent(self) -> list[Path]:
        """Return the projects opened last that are still there, the latest first."""
        return [Path(one) for one in self._kept.get("recent", ()) if Path(one).is_file()]

    def opened(self, path: Path) -> None:
        """Remember a project as the one opened last."""
        others = [one for one in self._kept.get("recent", ()) if one != str(path)]
        self._kept["recent"] = [str(path), *others][:_MOST_RECENT]
        self.write()

    def setting(self, name: str, otherwise: str) -> str:
        """Return a setting of this person."""
        value = self._kept.get("settings", {}).get(name, otherwise)
        return value if isinstance(value, str) else otherwise

    def set(self, name: str, value: str) -> None:
        """Remember a setting."""
        self._kept.setdefault("settings", {})[name] = value
        self.write()

    def left_at(self, project: Path, coder: str) -> dict[str, Any]:
        """Return what was noted for a coder in a project, to be changed in place and written with `write`."""
        # Whole, so that a project named from its own folder is the one that home opens, and no other.
        places = self._kept.setdefault("places", {}).setdefault(str(project.resolve()), {})
        found = places.setdefault(coder, {})
        return found if isinstance(found, dict) else {}

    def write(self) -> None:
        """Write everything down; where that cannot be done, it is remembered for this session only."""
        if self._path is None:
            return
        fresh = self._path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(FileNotFoundError):
                fresh.unlink()
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(self._kept, file, ensure_ascii=False)
            fresh.replace(self._path)


def state_file() -> Path:
    """Return where the memory of this person is kept: $QUALCASE_STATE, or the system's place for it."""
    named = os.environ.get("QUALCASE_STATE")
    return Path(named) if named else user_state_path("qualcase") / "workbench.json"


def keys_file() -> Path:
    """Return where this person's own keys are written down: $QUALCASE_KEYS, or the system's place for it."""
    named = os.environ.get("QUALCASE_KEYS")
    return Path(named) if named else user_config_path("qualcase") / "keys.toml"


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    shapes = {"recent": list, "settings": dict, "places": dict}
    if not isinstance(kept, dict):
        return {}
    return {name: value for name, value in kept.items() if isinstance(value, shapes.get(name, object))}
