"""Review inbound messages: count, list and read them, process one again, or discard it."""

import base64
from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict

from schemas.events import NewEvent
from schemas.inbound import Discard, InboundMessage, MessagePage, MessageStatus, PutBack, WholeMessage
from service.core.cursors import Page, before_id, cut
from service.core.inbound.mapping import understand
from service.core.inbound.masking import masked
from service.core.inbound.said import Person, Report, Understood
from service.core.refusals import Refused, refused
from service.flows.inbound.sources import zones_of
from service.flows.perform import Act, Done
from service.store import identifiers, inbound, sources

MESSAGES_MAX = 200
"""How many messages of a source are tried again by one request."""
COUNTED_MAX = 100
"""Up to how many are counted for each source."""


async def list_messages(
    act: Act, page: Page, status: MessageStatus | None = None, source: UUID | None = None
) -> Done[MessagePage] | Refused:
    """Messages without what is in them, newest first; whose event is shown is told."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await inbound.before(act, last, page.limit + 1, status, source)
    shown, more = cut(found, page, lambda message: message.id.bytes)
    for one in shown:
        if one.participant is not None:
            act.audit("inbound_message.listed", one.id, one.participant)
    return Done(MessagePage(shown, more))


class OpenedMessage(Struct, frozen=True):
    """A message with what is in it, and why it waits for review, to be said in any language.

    `masked` is what is in it without who somebody is, where that can be read. `said` is the first event that
    its mapping reads in it, and `merge` the survivor and the chart that ends where it asks for a merge.
    """

    message: WholeMessage
    why: Refused | None
    masked: str | None = None
    said: NewEvent | None = None
    merge: tuple[UUID, UUID] | None = None


async def read_message(act: Act, message: UUID) -> Done[WholeMessage] | Refused:
    """One message with what is in it; that it was read is told."""
    opened = await open_message(act, message)
    return opened if isinstance(opened, Refused) else Done(opened.value.message)


async def open_message(act: Act, message: UUID) -> Done[OpenedMessage] | Refused:
    """One message with what is in it and why it waits for review; that it was read is told."""
    kept = await inbound.find(act, message)
    if kept is None:
        return refused("not_found.message")
    act.audit("inbound_message.read", message, kept.message.participant)
    try:
        body, in_base64 = kept.body.decode("utf-8"), None
    except UnicodeDecodeError:
        body, in_base64 = None, base64.b64encode(kept.body).decode("ascii")
    whole = WholeMessage(
        **asdict(kept.message),
        sender_id=kept.sender_id,
        body=body,
        body_base64=in_base64,
        review=kept.review,
        reason=kept.reason,
        effects=await inbound.effects_of(act, message),
    )
    known = await sources.find(act, kept.message.source)
    mapping = None if known is None else known.source.mapping
    hidden = masked(kept.body, is_hl7=mapping is not None and mapping.format == "hl7")
    said, merge = None, None
    if kept.message.status == "review":
        found = understand(mapping, kept.body, await zones_of(act, mapping), message)
        items = found.items if isinstance(found, Understood) else ()
        said = next((one.event for one in items if isinstance(one, Report)), None)
        asked = next((one for one in items if isinstance(one, Person) and one.former), None)
        merge = None if asked is None else await _merge_of(act, asked)
    return Done(OpenedMessage(whole, kept.why, hidden, said, merge))


async def _merge_of(act: Act, said: Person) -> tuple[UUID, UUID] | None:
    """The two charts of a merge that a message asks for, where both are on record."""
    led = await identifiers.holders(act, [*said.numbers, *said.former])
    survivors, ended = ({led[one] for one in some if one in led} for some in (said.numbers, said.former))
    if len(survivors) != 1 or len(ended) != 1 or survivors == ended:
        return None
    return survivors.pop(), ended.pop()


async def show_message(act: Act, message: UUID) -> Done[InboundMessage] | Refused:
    """One message as it stands, without what is in it."""
    kept = await inbound.find(act, message)
    if kept is None:
        return refused("not_found.message")
    if kept.message.participant is not None:
        act.audit("inbound_message.listed", message, kept.message.participant)
    return Done(kept.message)


async def put_back(act: Act, message: UUID) -> Done[None] | Refused:
    """Make a message that was put aside or ignored one that is tried again, by its source's new mapping."""
    kept = await inbound.lock(act, message)
    if kept is None:
        return refused("not_found.message")
    if kept.message.status == "discarded":
        return refused("already_settled.message_discarded")
    if kept.message.status in {"review", "ignored"}:
        await inbound.put_back(act, message)
        act.audit("inbound_message.retried", message)
    return Done(None)


async def put_all_back(act: Act, source: UUID) -> Done[PutBack] | Refused:
    """Make a source's messages that wait for review ones that are tried again, a bounded number at a time."""
    known = await sources.find(act, source)
    if known is None or known.deleted:
        return refused("not_found.source")
    messages = await inbound.put_all_back(act, source, MESSAGES_MAX)
    for message in messages:
        act.audit("inbound_message.retried", message)
    return Done(PutBack(len(messages), more=len(messages) == MESSAGES_MAX))


async def discard_message(act: Act, message: UUID, new: Discard) -> Done[InboundMessage] | Refused:
    """Find that a message that was put aside is no event; it stays on record, with the reason."""
    kept = await inbound.lock(act, message)
    if kept is None:
        return refused("not_found.message")
    if kept.message.status != "review":
        return refused(f"already_settled.undiscarded_{kept.message.status}")
    await inbound.discard(act, message, act.actor.id, new.reason)
    act.audit("inbound_message.discarded", message)
    after = await inbound.find(act, message)
    if after is None:
        message_gone = "a locked row cannot go"
        raise AssertionError(message_gone)
    return Done(after.message)


async def count_messages(act: Act, sources: Sequence[UUID]) -> Done[dict[UUID, int]] | Refused:
    """How many messages of each source wait; numbers tell of nobody."""
    return Done(await inbound.waiting(act, sources, COUNTED_MAX))
