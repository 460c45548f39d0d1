"""One subscriber on a page: what was delivered to it, and what can be done about it."""

from functools import partial
from typing import Annotated, Final, Literal, get_args
from uuid import UUID, uuid4

from msgspec import Meta, Struct

from schemas.notices import NoticeType
from schemas.subscribers import Replay, RotatedSecret, Subscriber, SubscriberChange
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.notices.deliveries import Stands, read_standing, replay_deliveries, replay_delivery
from service.flows.notices.subscribers import (
    DeliveryFilter,
    change_subscriber,
    delete_subscriber,
    list_deliveries,
    ping_subscriber,
    read_subscriber,
    rotate_secret,
)
from service.flows.people.participants import Called, read_names
from service.flows.perform import Act, Done
from service.web.http.answers import Answer
from service.web.http.pagination import NumberCursor
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import allowed_of, faults_of, moment_in, word_of
from service.web.pages.framework.page import MANAGING, SEEING, page
from service.web.pages.framework.page_refusal import page_refusal

PATH: Final = "/manage/subscribers/{subscriber}"
TYPES: Final[tuple[NoticeType, ...]] = tuple(one for one in get_args(NoticeType) if one != "test.ping")
STATUSES: Final = ("waiting", "delivered", "failed", "dead", "withheld")
SHOWN: Final = 25
Word = Literal["added", "pinged", "replayed", "replayed_one", "changed", "enabled", "disabled"]


class SubscriberQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which deliveries the page shows, and what was just done, to be said where the eyes are.

    A page whose notices are on their way looks again by itself a few times; `look` counts them.
    """

    status: Literal["", "waiting", "delivered", "failed", "dead", "withheld"] = ""
    cursor: NumberCursor | None = None
    done: Word | None = None
    count: Annotated[int, Meta(ge=0, le=10**9)] = 0
    look: Annotated[int, Meta(ge=0, le=9)] = 0


@page("GET", PATH, who=SEEING)
async def see(call: PageCall, subscriber: UUID, asked: SubscriberQuery) -> Answer:
    """Show one subscriber and what was delivered to it."""
    return await one_shown(call, subscriber, asked)


@page("GET", PATH + "/deliveries", who=SEEING)
async def see_deliveries(call: PageCall, subscriber: UUID, asked: SubscriberQuery) -> Answer:
    """Show the deliveries alone, for a page that looks again by itself."""
    return await one_shown(call, subscriber, asked, part=True)


@page("POST", PATH + "/secret", who=MANAGING, asks_again=True)
async def rotate(call: PageCall, subscriber: UUID) -> Answer:
    """Rotate the secret; the page that answers is the only one with the new one."""
    made = await call.do(partial(rotate_secret, subscriber=subscriber), call.form.once, RotatedSecret)
    if isinstance(made, Refused):
        return call.refuse(made)
    return await one_shown(call, subscriber, SubscriberQuery(), secret=made.secret or "")


@page("POST", PATH + "/test", who=MANAGING)
async def ping(call: PageCall, subscriber: UUID) -> Answer:
    """Send a test, and look at what becomes of it."""
    sent = await call.do(partial(ping_subscriber, subscriber=subscriber))
    if isinstance(sent, Refused):
        return await one_shown(call, subscriber, SubscriberQuery(), sent)
    return call.go(f"/manage/subscribers/{subscriber}?done=pinged")


@page("POST", PATH + "/change", who=MANAGING, asks_again=True)
async def change(call: PageCall, subscriber: UUID) -> Answer:
    """Change the address, the types or the need of a consent."""
    read = call.form.read(
        SubscriberChange,
        consent_required=call.form.value("consent_required") == "yes",
    )
    if not isinstance(read, Refused) and not call.form.texts("types"):
        read = page_refusal("invalid", "manage.choose_type", "$.types")
    return await _changed(call, subscriber, read, "changed")


@page("POST", PATH + "/enable", who=MANAGING, asks_again=True)
async def enable(call: PageCall, subscriber: UUID) -> Answer:
    """Send to it again; what was kept meanwhile goes out."""
    return await _changed(call, subscriber, SubscriberChange(status="active"), "enabled")


@page("POST", PATH + "/disable", who=MANAGING)
async def disable(call: PageCall, subscriber: UUID) -> Answer:
    """Send it nothing for now; what is done meanwhile is kept for it."""
    return await _changed(call, subscriber, SubscriberChange(status="disabled"), "disabled")


@page("POST", PATH + "/delete", who=MANAGING, asks_again=True)
async def delete(call: PageCall, subscriber: UUID) -> Answer:
    """Delete it for good, once its box says that this is meant."""
    if call.form.value("sure") != "yes":
        return await one_shown(
            call, subscriber, SubscriberQuery(), page_refusal("invalid", "manage.tick_sure", "$.sure")
        )
    gone = await call.do(partial(delete_subscriber, subscriber=subscriber))
    return call.refuse(gone) if isinstance(gone, Refused) else call.go("/manage/subscribers")


@page("POST", PATH + "/replay", who=MANAGING)
async def replay(call: PageCall, subscriber: UUID) -> Answer:
    """Send again what was queued in a while, or one delivery."""
    if call.form.value("delivery"):
        return await _replayed_one(call, subscriber)
    since, until = moment_in(call, call.form.value("since")), None
    if since is None:
        return await one_shown(
            call, subscriber, SubscriberQuery(), page_refusal("invalid", "manage.give_time", "$.since")
        )
    if call.form.value("until"):
        until = moment_in(call, call.form.value("until"))
        if until is None:
            return await one_shown(
                call, subscriber, SubscriberQuery(), page_refusal("invalid", "manage.give_time", "$.until")
            )
    wanted = Replay(since, until, call.form.value("undelivered_only") == "yes")
    done = await call.do(partial(replay_deliveries, subscriber=subscriber, wanted=wanted))
    if isinstance(done, Refused):
        return await one_shown(call, subscriber, SubscriberQuery(), done)
    return call.go(f"/manage/subscribers/{subscriber}?done=replayed&count={done.deliveries}")


async def _replayed_one(call: PageCall, subscriber: UUID) -> Answer:
    try:
        delivery = UUID(call.form.value("delivery"))
    except ValueError:
        return call.refuse(page_refusal("not_found", "shared.not_found"))
    done = await call.do(partial(replay_delivery, delivery=delivery))
    if isinstance(done, Refused):
        return call.refuse(done)
    return call.go(f"/manage/subscribers/{subscriber}?done=replayed_one")


async def _changed(
    call: PageCall, subscriber: UUID, wanted: SubscriberChange | Refused, done: Word
) -> Answer:
    if isinstance(wanted, Refused):
        return await one_shown(call, subscriber, SubscriberQuery(), wanted)
    allowed = allowed_of(call)

    async def operation(act: Act) -> Done[Subscriber] | Refused:
        known = await read_subscriber(act, subscriber)
        if isinstance(known, Refused):
            return known
        return await change_subscriber(act, subscriber, wanted, known.revision or 1, allowed)

    changed = await call.do(operation)
    if isinstance(changed, Refused):
        return await one_shown(call, subscriber, SubscriberQuery(), changed)
    return call.go(f"/manage/subscribers/{subscriber}?done={done}")


async def one_shown(
    call: PageCall,
    subscriber: UUID,
    asked: SubscriberQuery,
    refusal: Refused | None = None,
    *,
    secret: str | None = None,
    part: bool = False,
) -> Answer:
    """The page of one subscriber; with its secret where it was just made, empty where it was shown before."""
    known = await call.do(partial(read_subscriber, subscriber=subscriber))
    if isinstance(known, Refused):
        return call.refuse(known)
    wanted = DeliveryFilter(status=asked.status or None)
    listed = partial(list_deliveries, subscriber=subscriber, page=Page(SHOWN, asked.cursor), wanted=wanted)
    found = await call.do(listed)
    if isinstance(found, Refused):
        return call.refuse(found)
    people = {one.participant for one in found.items if one.participant is not None}
    called = await call.do(partial(read_names, participants=people))
    stands = await call.do(read_standing)
    return call.show_refused(
        "manage/deliveries.html" if part else "manage/subscriber.html",
        refusal,
        one=known,
        stands=Stands("unused") if isinstance(stands, Refused) else stands.get(known.id, Stands("unused")),
        deliveries=found.items,
        more=found.next_cursor,
        called=Called({}, {}) if isinstance(called, Refused) else called,
        asked=asked,
        statuses=STATUSES,
        types=TYPES,
        faults=faults_of(call, refusal),
        secret=secret,
        once=word_of(call) if secret is None else str(uuid4()),
    )
