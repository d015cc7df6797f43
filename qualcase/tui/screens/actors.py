"""The actors screen: who speaks and acts, one person or body across all sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.project.actors import ACTOR_TYPES
from qualcase.reports.wording import plural
from qualcase.tui.actions import bindings
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.form import Field, FormScreen
from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.keys.material import ACTORS
from qualcase.tui.screens.listing import Listing
from qualcase.tui.targets import Passage
from qualcase.tui.typing_ahead import READS
from qualcase.tui.widgets.lines import fold
from qualcase.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcase.project.actors import Actor
    from qualcase.tui.actions import Group
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.workbench import Workbench

_COLUMNS = (
    Column("actor"), Column("role"), Column("organisation"), Column("type", 12),
    Column("turns", 6, numbers=True), Column("sources", 7, numbers=True),
)  # fmt: skip


class ActorsScreen(Listing):
    """Lists actors; Enter opens a source in which one speaks."""

    GROUPS: ClassVar[tuple[Group, ...]] = (ACTORS,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTORS)
    NOTHING = "There are no actors yet: they come with the speakers of what is imported."

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._actors: dict[str, Actor] = {}

    def title_text(self) -> str:
        """Return how many actors there are."""
        return f"Actors · {len(self._actors)}"

    async def read_rows(self) -> tuple[tuple[Column, ...], list[Row]]:
        """Return the actors."""
        found = await self.read(lambda project: project.actors.list())
        self._actors = {actor.uid: actor for actor in found or ()}
        return _COLUMNS, [_row(actor) for actor in self._actors.values()]

    def about(self, row_id: str, width: int) -> list[Line]:
        """Return where an actor speaks, under which label."""
        actor = self._actors[row_id]
        asks = " · asks the questions" if actor.interviewer else ""
        lines = fold(f"{actor.name}{asks}", width, "strong")
        for source, label, turns in actor.speakers:
            lines += fold(f"{source}: “{label}”, {plural(turns, 'turn')}", width, "plain")
        return lines if actor.speakers else [*lines, *fold("Speaks in no source.", width, "dim")]

    def take(self, row_id: str) -> None:
        """Open a source in which the actor speaks; ask which where there are several."""
        spoken = list(dict.fromkeys(source for source, _, _ in self._actors[row_id].speakers))
        if not spoken:
            self.say("This actor speaks in no source.")
        elif len(spoken) == 1:
            self.application.go("coding", Passage(spoken[0], 0, 0))
        else:

            async def go(chosen: str) -> None:
                self.application.go("coding", Passage(chosen, 0, 0))

            entries = [Entry(one, one) for one in spoken]
            self.pick(PickScreen("Which source?", entries, "open"), go, READS)

    def action_rename(self) -> None:
        """Give the actor another name."""
        if actor := self._chosen():
            question = LineScreen(f"Another name for {actor.name}", actor.name, "a name", ("Enter", "rename"))
            self.pick(
                question,
                lambda name: self.do(
                    lambda project: project.actors.rename(actor.uid, name), f"Is now {name}."
                ),
            )

    def action_edit(self) -> None:
        """Say who the actor is."""
        if actor := self._chosen():
            fields = (
                Field("role", "Role", actor.role or ""),
                Field("organisation", "Organisation", actor.organisation or ""),
                Field("sector", "Sector", actor.sector or ""),
                Field("type", "Type", actor.type, choices=ACTOR_TYPES, needed=True),
                Field(
                    "interviewer",
                    "Asks the questions",
                    _yes(actor.interviewer),
                    choices=("no", "yes"),
                    needed=True,
                ),
            )
            self.pick(FormScreen(f"Who is {actor.name}?", fields), lambda given: self._describe(actor, given))

    def action_merge(self) -> None:
        """Say that this actor and another are one."""
        if actor := self._chosen():
            others = [
                Entry(one.uid, one.name, ", ".join(label for _, label, _ in one.speakers))
                for one in self._actors.values()
                if one.uid != actor.uid
            ]
            self.pick(
                PickScreen(f"{actor.name} is the same as", others, "go on"),
                lambda gone: self._preview(actor, self._actors[gone]),
                READS,
            )

    async def _describe(self, actor: Actor, given: dict[str, str]) -> None:
        asks = given.pop("interviewer") == "yes"
        await self.do(
            lambda project: project.actors.describe(actor.uid, interviewer=asks, **given),
            f"Described {actor.name}.",
        )

    async def _preview(self, kept: Actor, gone: Actor) -> None:
        turns = sum(number for _, _, number in gone.speakers)
        where, verb = plural(len(gone.speakers), "source"), "becomes" if turns == 1 else "become"
        lines = [f"{plural(turns, 'turn')} of {gone.name} in {where} {verb} {kept.name}’s."]
        lines += [f"{source}: “{label}”, {plural(number, 'turn')}" for source, label, number in gone.speakers]
        said = f"{gone.name} and {kept.name} are one. u takes it back."
        self.pick(
            ConfirmScreen(f"{kept.name} and {gone.name} are one", lines, "merge"),
            lambda _: self.do(lambda project: project.actors.merge(kept.uid, gone.uid), said),
        )

    def _chosen(self) -> Actor | None:
        return self._actors.get(self.table.chosen_id or "")


def _row(actor: Actor) -> Row:
    turns, sources = sum(n for _, _, n in actor.speakers), len({one for one, _, _ in actor.speakers})
    body = actor.organisation or ""
    cells = (actor.name, actor.role or "·", body or "·", actor.type, f"{turns:,}", f"{sources:,}")
    return Row(
        actor.uid, cells, (actor.name.casefold(), actor.role, body or None, actor.type, turns, sources)
    )


def _yes(value: object) -> str:
    return "yes" if value else "no"
