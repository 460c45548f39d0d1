"""Values of the desk's templates: buttons with their keys and what they do, names and labels."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import get_args
from urllib.parse import quote
from uuid import UUID, uuid4

from markupsafe import Markup
from msgspec import Struct

from schemas.groups import Group
from schemas.problem import StandingEvent
from schemas.program import Behavior, Effect, Title, Unit
from schemas.receipts import Money
from service.core.calendar import day_end
from service.core.catalogs import worded
from service.core.outcomes import EVERY, FIXED, outcomes_of
from service.core.quantities import ONE, in_hundredths, written
from service.core.rules import WHOLE
from service.flows.screens.desk import DeskPlace, DeskRow, OwnWord
from service.flows.screens.person import MAIN_COUNT, DeskOutcome, DeskPerson, DeskTarget
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.voice import Voice

ICONS: dict[Effect, str] = {"success": "check", "failure": "ring", "neutral": "pause"}
KINDS: dict[Effect, str] = {"success": "go", "failure": "back", "neutral": "still"}
HOUR = 60


class Button(Struct, frozen=True):
    """One outcome as a button: its word with the letter that presses it, and what it does.

    A letter is an outcome's own, with a network and without, whatever else the panel holds.
    """

    outcome: str
    word: str
    kind: str
    icon: str
    key: str
    does: str
    is_main: bool

    @property
    def _place(self) -> int:
        return self.word.upper().index(self.key) if self.key else len(self.word)

    @property
    def before(self) -> str:
        """The word up to the letter that presses it."""
        return self.word[: self._place]

    @property
    def letter(self) -> str:
        """The letter that presses it, as the word has it."""
        return self.word[self._place : self._place + 1]

    @property
    def after(self) -> str:
        """The word after the letter that presses it."""
        return self.word[self._place + 1 :]


class Question(Struct, frozen=True):
    """Whether a second visit of one day is meant: what stands there, who recorded it, and what is to be sent.

    `fields` are those of the form that says that it is meant.
    """

    known: StandingEvent
    who: str | None
    outcome: str
    fields: dict[str, str]
    may_correct: bool


class Board(Struct, frozen=True):
    """One target of the panel: its buttons, and the one-time id under which the form records once."""

    target: DeskTarget
    label: str
    buttons: tuple[Button, ...]
    once: str


def due(voice: Voice, row: DeskRow) -> str:
    """What is due still of a row: `Negative test, Group session`."""
    return ", ".join(voice.titled(one) for one in row.due)


def group_name(voice: Voice, group: Group) -> str:
    """What a group is called in the language of the page."""
    return worded(group.name, voice.language)


def amounts(voice: Voice, some: Iterable[Money], sign: str = "") -> str:
    """Some amounts, summed in each unit: `$17.50 + 7 draws`."""
    sums: dict[Unit, int] = {}
    for one in some:
        sums[one.unit] = sums.get(one.unit, 0) + one.amount
    return " + ".join(sign + voice.money(amount, unit) for unit, amount in sums.items())


def is_today(call: PageCall, at: datetime) -> bool:
    """Whether a moment lies in the clinic's own today."""
    return at.astimezone(call.voice.zone).date() == now_local(call).date()


def came(call: PageCall, at: datetime | None) -> Markup:
    """When somebody came whose visits are done: the time today, or the day where it was another one."""
    voice = call.voice
    if at is None:
        return voice.say("desk.visit_done")
    if is_today(call, at):
        return voice.say("desk.came", time=voice.time(at))
    if is_today(call, at + timedelta(days=1)):
        return voice.say("desk.came_yesterday")
    return voice.say("desk.came_day", day=voice.day(at, "MMMEd"))


def boards(call: PageCall, person: DeskPerson) -> dict[str, list[Board]]:
    """The boards of each enrollment."""
    return {
        str(episode.enrollment.id): [_board(call.voice, target) for target in episode.targets]
        for episode in person.episodes
    }


def _board(voice: Voice, target: DeskTarget) -> Board:
    own = {one.outcome: one.title for one in target.outcomes if one.outcome not in EVERY}
    keys = own_keys(voice, target.behavior, own)
    buttons = tuple(
        _button(voice, one.outcome, one.effect, keys, own, _does(voice, target, one), is_main=one.is_main)
        for one in target.outcomes
    )
    return Board(target, voice.titled(target.title), buttons, uuid4().hex)


def _button(
    voice: Voice,
    outcome: str,
    effect: Effect,
    keys: Mapping[str, str],
    titles: Mapping[str, Title | None],
    does: str = "",
    *,
    is_main: bool,
) -> Button:
    word = voice.outcome(outcome, titles.get(outcome))
    key = keys[outcome] if outcome in keys else voice.plain(f"desk.key.{outcome}")
    return Button(outcome, word, KINDS[effect], ICONS[effect], key, does, is_main)


def own_keys(voice: Voice, behavior: Behavior, own: Mapping[str, Title | None]) -> dict[str, str]:
    """The letter of each of a program's own words: the first of its title that no other outcome has.

    A word of which every letter is taken has none, and is pressed with a finger.
    """
    taken = {voice.plain(f"desk.key.{one}") for one in outcomes_of(behavior)}
    for outcomes in FIXED.values():
        taken |= {voice.plain(f"desk.key.{one}") for one in [*outcomes][:MAIN_COUNT]}
    keys: dict[str, str] = {}
    for outcome in sorted(own):
        letters = (one for one in voice.outcome(outcome, own[outcome]).upper() if "A" <= one <= "Z")
        keys[outcome] = next((one for one in letters if one not in taken), "")
        taken.add(keys[outcome])
    return keys


def _does(voice: Voice, target: DeskTarget, one: DeskOutcome) -> str:
    effect = one.effect
    if effect == "failure":
        return voice.plain("desk.nothing")
    if effect == "neutral":
        return voice.plain("desk.unchanged")
    worth = tuple(one for one in target.next if one.amount)
    if not target.counts:
        return voice.plain("desk.counts_later")
    if not worth or not one.pays:
        return voice.plain("desk.nothing")
    if one.pays != WHOLE:
        return voice.plain("desk.earns_part", percent=one.pays)
    if target.measure is not None:
        each = in_language(voice, target.measure.one)
        return voice.plain("desk.earns_each", amount=amounts(voice, worth), one=each)
    return voice.plain("desk.earns", amount=amounts(voice, worth))


def in_language(voice: Voice, title: Title) -> str:
    """A program's own word in the language of the page."""
    return worded(title, voice.language)


def quantity(said: float) -> str:
    """How much an event named, in digits."""
    return written(in_hundredths(said) or ONE)


def length(voice: Voice, minutes: int) -> str:
    """A length of time in hours and minutes: `6 h 30 min`, `9 h`."""
    if minutes % HOUR == 0:
        return voice.plain("desk.hours.whole", hours=minutes // HOUR)
    return voice.plain("desk.hours.length", hours=minutes // HOUR, minutes=minutes % HOUR)


def quantity_label(voice: Voice, target: DeskTarget) -> str:
    """What is asked for where a target counts something: `Hours`."""
    words = "" if target.measure is None else in_language(voice, target.measure.many)
    return words[:1].upper() + words[1:]


def offline_boards(voice: Voice, rows: Iterable[DeskRow]) -> dict[str, list[Button]]:
    """Outcomes that can be recorded without a network, by board: words, keys and effects, no amounts.

    A behavior has one board, and each set of own words on today's list another beside it.
    """
    own = {one.board: one for row in rows for one in row.targets if one.own}
    boards: dict[str, tuple[Behavior, tuple[OwnWord, ...]]] = {one: (one, ()) for one in get_args(Behavior)}
    boards |= {name: (place.behavior, place.own) for name, place in own.items()}
    return {name: _offline_board(voice, *of) for name, of in boards.items()}


def _offline_board(voice: Voice, behavior: Behavior, own: Iterable[OwnWord]) -> list[Button]:
    titles = {one.outcome: one.title for one in own}
    effects = outcomes_of(behavior) | {one.outcome: one.effect for one in own}
    keys = own_keys(voice, behavior, titles)
    # As in the panel: plain success and plain failure have the large buttons.
    return [
        _button(voice, outcome, effect, keys, titles, is_main=place < MAIN_COUNT)
        for place, (outcome, effect) in enumerate(effects.items())
    ]


def kind(voice: Voice, one: DeskPlace) -> str:
    """What can be recorded at a place: the target, its board, and what it is called, as in an address."""
    return f"{one.target} {one.board} {quote(voice.titled(one.title), safe='')}"


def kinds(voice: Voice, rows: Iterable[DeskRow]) -> dict[str, int]:
    """What can be recorded in a list, each kind said once, and its place."""
    said = dict.fromkeys(kind(voice, one) for row in rows for one in row.targets)
    return {kind: place for place, kind in enumerate(said)}


def places(voice: Voice, row: DeskRow, kinds: Mapping[str, int]) -> str:
    """Where an outcome of a row can be recorded: enrollments, each with the places of its kinds."""
    found: dict[UUID, str] = {}
    for one in row.targets:
        found[one.enrollment] = f"{found.get(one.enrollment, one.enrollment)} {kinds[kind(voice, one)]}"
    return ";".join(found.values())


def number_from(rows: Sequence[DeskRow]) -> int:
    """The number of the first row: 1, 10 or 100, so that all numbers of a list have as many digits.

    The last digit of a number then opens a person at once, and none has to be waited for.
    """
    count = sum(one.group != "done" for one in rows)
    return next(first for first in (1, 10, 100, 1000) if count <= first * 9)


def day_ends(call: PageCall) -> int:
    """In how many seconds the clinic's day is over, and the list of an open desk is another day's."""
    now = now_local(call)
    return round((day_end(now.date(), call.voice.zone) - call.now).total_seconds())


def now_local(call: PageCall) -> datetime:
    """The time on the clinic's wall clock."""
    return call.now.astimezone(call.voice.zone)
