"""Values of the desk's templates: buttons with their keys and what they do, names and labels."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from markupsafe import Markup
from msgspec import Struct

from schemas.problem import StandingEvent
from schemas.program import Effect, Unit
from schemas.receipts import Money
from service.core.outcomes import outcomes_of
from service.flows.screens.person import DeskPerson, DeskTarget
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.voice import Voice

ICONS: dict[Effect, str] = {"success": "check", "failure": "ring", "neutral": "pause"}
KINDS: dict[Effect, str] = {"success": "go", "failure": "back", "neutral": "still"}


class Button(Struct, frozen=True):
    """One outcome as a button: its word with the letter that presses it, and what it does."""

    outcome: str
    word: str
    kind: str
    icon: str
    key: str
    does: str
    is_main: bool

    @property
    def _place(self) -> int:
        return self.word.upper().find(self.key) if self.key else len(self.word)

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


def label(slug: str) -> str:
    """A clinic's own name for a target or a program as people read it: `stimulant-test` is Stimulant test."""
    words = slug.replace("-", " ").replace("_", " ").replace(".", " ")
    return words[:1].upper() + words[1:]


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
    """The boards of each enrollment; no letter presses two buttons of one panel."""
    targets = [target for episode in person.episodes for target in episode.targets]
    taken: set[str] = set()
    keys: dict[tuple[UUID, str, str], str] = {}
    # The large buttons choose first, so that their letters are the ones that one would guess.
    for is_main in (True, False):
        for target in targets:
            for one in target.outcomes:
                if one.is_main is is_main:
                    word = call.voice.plain(f"desk.outcome.{one.outcome}")
                    keys[target.enrollment, target.target, one.outcome] = _free_letter(word, taken)
    return {
        str(episode.enrollment.id): [_board(call.voice, target, keys) for target in episode.targets]
        for episode in person.episodes
    }


def _board(voice: Voice, target: DeskTarget, keys: dict[tuple[UUID, str, str], str]) -> Board:
    buttons = []
    for one in target.outcomes:
        word = voice.plain(f"desk.outcome.{one.outcome}")
        key = keys[target.enrollment, target.target, one.outcome]
        buttons.append(
            Button(
                one.outcome,
                word,
                KINDS[one.effect],
                ICONS[one.effect],
                key,
                _does(voice, target, one.effect),
                one.is_main,
            )
        )
    return Board(target, label(target.target), tuple(buttons), uuid4().hex)


def _free_letter(word: str, taken: set[str]) -> str:
    """The first letter of a word that presses no other button yet; it is taken then."""
    letters = (one for one in word.upper() if one.isascii() and one.isalpha())
    key = next((one for one in letters if one not in taken), "")
    taken.add(key)
    return key


def _does(voice: Voice, target: DeskTarget, effect: Effect) -> str:
    if effect == "failure":
        return voice.plain("desk.nothing")
    if effect == "neutral":
        return voice.plain("desk.unchanged")
    worth = tuple(one for one in target.next if one.amount)
    if not target.counts:
        return voice.plain("desk.counts_later")
    if not worth:
        return voice.plain("desk.nothing")
    return voice.plain("desk.earns", amount=amounts(voice, worth))


def offline_boards(voice: Voice) -> dict[str, list[Button]]:
    """Outcomes that can be recorded without a network, by behavior: words and effects, no amounts."""
    found: dict[str, list[Button]] = {}
    for behavior in ("test", "attendance", "homework", "medication", "activity"):
        taken: set[str] = set()
        buttons = []
        for place, (outcome, effect) in enumerate(outcomes_of(behavior).items()):
            word = voice.plain(f"desk.outcome.{outcome}")
            key = _free_letter(word, taken)
            is_main = place < 2  # noqa: PLR2004  as in the panel: plain success, plain failure
            buttons.append(Button(outcome, word, KINDS[effect], ICONS[effect], key, "", is_main))
        found[behavior] = buttons
    return found


def now_local(call: PageCall) -> datetime:
    """The time on the clinic's wall clock."""
    return call.now.astimezone(call.voice.zone)
