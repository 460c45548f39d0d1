"""The card that the desk prints: a code to sign in with, as letters and as a QR code, and nobody's name."""

from datetime import datetime
from functools import partial
from io import BytesIO
from urllib.parse import urlsplit
from uuid import UUID

from service.core.access.display_codes import card_link
from service.core.refusals import Refused
from service.flows.access.codes import issue_card
from service.flows.access.tablets import lose_device
from service.flows.people.participants import read_participant
from service.web.http.answers import Answer
from service.web.http.card_link import link_of
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page
from service.web.pages.framework.voice import Voice


@page("GET", "/desk/people/{participant}/card", who=AT_DESK)
async def offer(call: PageCall, participant: UUID) -> Answer:
    """Ask whether a new card is wanted: it makes the one before useless."""
    person = await call.do(partial(read_participant, participant_id=participant))
    if isinstance(person, Refused):
        return call.refuse(person)
    return call.show("entry/card_offer.html", person=person, is_lost=call.request.query == b"done=lost")


@page("POST", "/desk/people/{participant}/card", who=AT_DESK)
async def make(call: PageCall, participant: UUID) -> Answer:
    """Issue a code and show its card; it is shown here and nowhere else."""
    card = await call.do(partial(issue_card, participant=participant))
    if isinstance(card, Refused):
        return call.refuse(card)
    origin = call.request.origin
    voice = Voice(card.language, call.voice.zone, call.now)
    return call.show(
        "entry/card.html",
        participant=participant,
        card=card,
        short=card.display_code.replace("-", "\N{NON-BREAKING HYPHEN}"),
        theirs=voice,
        ends=_moment(voice, card.ends_at),
        host=urlsplit(origin).netloc,
        picture=qr(card_link(link_of(origin, card.code), card.display_code)),
    )


@page("POST", "/desk/people/{participant}/lost", who=AT_DESK)
async def lose(call: PageCall, participant: UUID) -> Answer:
    """Let nothing on a phone that was lost open anything; a new card does."""
    done = await call.do(partial(lose_device, participant=participant))
    if isinstance(done, Refused):
        return call.refuse(done)
    return call.go(f"/desk/people/{participant}/card?done=lost")


def qr(text: str) -> str:
    """A QR code as an SVG without a size of its own, black on white whatever the theme."""
    import segno  # noqa: PLC0415  few processes draw one

    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        border=4,
        light="#fff",
        dark="#000",
        svgclass="qr",
        lineclass=None,
    )
    return out.getvalue().decode()


def _moment(voice: Voice, at: datetime) -> str:
    return f"{voice.day(at, 'MMMEd')}, {voice.time(at)}"
