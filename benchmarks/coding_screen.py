"""How long from a key to its paint on the coding screen, without a terminal but with every byte encoded.

Run from the clone: python benchmarks/coding_screen.py [words …]. The project is a file, as it is to a
person. Keys go in as the driver sends them and a key ends with the first paint that follows it; before the
next one the screen has been quiet for a while. Clocks differ between machines and loads: compare rows with
each other. What the screen shows once a thing is saved comes after its first paint; terminal.py times that.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from terminal import make_project  # noqa: E402 -- it too is of the clone
from textual import events  # noqa: E402
from textual._compositor import CompositorUpdate  # noqa: E402

import qualcase  # noqa: E402
from qualcase.tui.app import QualcaseApp  # noqa: E402
from qualcase.tui.clerk import Clerk  # noqa: E402
from qualcase.tui.main import share_fairly  # noqa: E402
from qualcase.tui.memory import Memory  # noqa: E402
from qualcase.tui.workbench import Workbench  # noqa: E402

QUIET = 0.12
# What is timed: its key, and the keys pressed first so that there is something to do.
KEYS = {
    "word": ("l", ()),
    "sentence": ("s", ()),
    "extend": ("W", ()),
    "apply code": ("full_stop", ("l",)),
    "shortcut": ("1", ("l",)),
    "undo": ("u", ("l", "full_stop")),
    "adjust": ("l", ("e",)),
    "chosen": ("y", ("escape", "l")),
    "page": ("pagedown", ("home",)),
}


class Paints:
    """The moments of painting and the bytes that a terminal would have been sent."""

    def __init__(self) -> None:
        self.last = 0.0
        self.first: float | None = None
        self.written = 0

    def watch(self, app: QualcaseApp) -> None:
        """Look at every paint of an app."""
        display = app._display  # noqa: SLF001 -- the only place where painting can be seen

        def painted(screen: object, renderable: object) -> None:
            if isinstance(renderable, CompositorUpdate):
                self.written += len(renderable.render_segments(app.console).encode())
                self.last = time.perf_counter()
                self.first = self.first or self.last
            display(screen, renderable)

        app._display = painted  # noqa: SLF001 -- as above

    async def quiet(self) -> None:
        """Wait until nothing has been painted for a while."""
        while time.perf_counter() - self.last < QUIET:  # noqa: ASYNC110 -- quiet is the absence of an event
            await asyncio.sleep(QUIET / 4)


async def press(app: QualcaseApp, paints: Paints, key: str) -> tuple[float, int]:
    await paints.quiet()
    paints.first, paints.written = None, 0
    began = time.perf_counter()
    app._driver.send_message(events.Key(key, None))  # noqa: SLF001 -- as a terminal's driver does
    while paints.first is None and time.perf_counter() - began < 1:  # noqa: ASYNC110 -- as above
        await asyncio.sleep(0)
    taken = (paints.first or time.perf_counter()) - began
    await paints.quiet()
    return taken * 1000, paints.written


async def press_after(
    app: QualcaseApp, paints: Paints, key: str, before: tuple[str, ...]
) -> tuple[float, int]:
    for earlier in before:
        await press(app, paints, earlier)
    return await press(app, paints, key)


async def measure(path: Path, times: int) -> None:
    clerk, paints = Clerk(), Paints()
    project = clerk.do(lambda: qualcase.open(path, coder="Anna"))
    project.suggestions.propose_parts = lambda *_: iter(())
    app = QualcaseApp(Workbench(project, clerk, Memory(None)))
    paints.watch(app)
    began = time.perf_counter()
    async with app.run_test(size=(160, 48)):
        while not app.is_open or app.place.session.document is None or paints.last == 0:  # noqa: ASYNC110 -- as above
            await asyncio.sleep(0.001)
        opened = (time.perf_counter() - began) * 1000
        document = app.place.session.document
        while not document.codings:  # noqa: ASYNC110 -- those of a long source are read behind its text
            await asyncio.sleep(QUIET)
        await paints.quiet()
        app.place.session.last_code = "KM.ABSORB"
        app.bench.place["shortcuts"] = {"1": "KM"}
        print(f"{document.source.words:>9,} words, {len(document.codings):,} spans; open {opened:.0f} ms")
        for name, (key, before) in KEYS.items():
            taken = [await press_after(app, paints, key, before) for _ in range(times)]
            clocks = sorted(clock for clock, _ in taken)
            middle, high = statistics.median(clocks), clocks[min(len(clocks) - 1, int(len(clocks) * 0.95))]
            size = statistics.median(written for _, written in taken)
            print(f"{'':>9} {name:<12} p50 {middle:6.1f} ms   p95 {high:6.1f} ms   {size:7,.0f} bytes a key")
    clerk.do(project.close)
    clerk.close()


if __name__ == "__main__":
    share_fairly()
    for count in [int(argument) for argument in sys.argv[1:]] or [3_000, 30_000, 300_000]:
        with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as name:
            asyncio.run(measure(make_project(Path(name) / "study.qualcase", count), times=25))
