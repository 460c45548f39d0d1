"""Find people at the desk by a part of their name, or by the whole of a reference, a code or a card."""

from typing import Final

from service.core.access.display_codes import code_on_card, display_code_spelling
from service.core.cursors import LAST_ID
from service.core.refusals import Refused
from service.core.spellings import name_spelling
from service.flows.perform import Act, Done
from service.store import names, participants
from service.store.names import Named
from service.store.participants import Sought

FOUND_MAX: Final = 8
LETTERS_LEAST: Final = 2


async def find_people(act: Act, typed: str) -> Done[tuple[Named, ...]] | Refused:
    """Whoever the typed letters may mean, the likeliest first; each one shown is told."""
    typed = code_on_card(typed) or typed
    words = name_spelling(typed).split()
    if len("".join(words)) < LETTERS_LEAST:
        return Done(())
    found = {one.id: one for one in await _exactly(act, typed.strip())}
    for one in await names.holding(act, act.clinic, words, FOUND_MAX):
        found.setdefault(one.id, one)
    shown = tuple(found.values())[:FOUND_MAX]
    for one in shown:
        act.tell("participant.listed", one.id, one.id)
    return Done(shown)


async def _exactly(act: Act, typed: str) -> list[Named]:
    """Those whose whole reference, code or name it is: found by index, however many people there are."""
    wanted = (
        Sought(reference=typed),
        Sought(display_code=display_code_spelling(typed)),
        Sought(name=typed),
    )
    return [
        Named(one.id, one.reference, one.display_code, one.name)
        for sought in wanted
        for one in await participants.before(act, act.clinic, LAST_ID, FOUND_MAX, sought)
    ]
