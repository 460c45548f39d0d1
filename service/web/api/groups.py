"""Groups: made and changed, their members, and their sessions, each recorded in one batch."""

from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.events import BatchResults, Day
from schemas.groups import (
    Group,
    GroupChange,
    GroupMember,
    GroupMembers,
    GroupPage,
    GroupSession,
    NewGroup,
    NewGroupMember,
    NewGroupSession,
)
from service.core.cursors import LIMIT, Page
from service.core.refusals import Refused
from service.flows.groups.groups import (
    add_member,
    change_group,
    create_group,
    list_groups,
    list_members,
    read_group,
    remove_member,
)
from service.flows.groups.sessions import plan_session, read_session
from service.flows.perform import Again, perform
from service.flows.visits.record_events import ToRecord
from service.store.database.ids import new_id
from service.web.api.batches import answer_all, once_of
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import CLINICIANS, DESK, READERS, route

_encode: Final = msgspec.json.Encoder().encode


class GroupsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which groups are asked for."""

    active: bool | None = None
    """Only those that meet, or only those that meet no more."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


class SessionQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which session is asked for."""

    on: Day | None = None
    """The local day; today where left out."""


@route("POST", "/v1/groups", "create_group", roles=CLINICIANS, answer=Group, statuses=(201,), tagged=True)
async def create(call: Call, body: NewGroup) -> Answer:
    """Make a group that meets.

    It says where the attendance of its members is recorded: in the first of its `places` that a member is
    enrolled in on the day.
    """
    return await call.perform(lambda act: create_group(act, body), lambda made: f"/v1/groups/{made.id}")


@route("GET", "/v1/groups", "list_groups", roles=READERS, answer=GroupPage)
async def find(call: Call, asked: GroupsQuery) -> Answer:
    """List the groups, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_groups(act, page, active=asked.active))


@route(
    "GET",
    "/v1/groups/{group}",
    "read_group",
    roles=READERS,
    answer=Group,
    tagged=True,
    refusals=("not_found",),
)
async def read(call: Call, group: UUID) -> Answer:
    """Read a group."""
    return await call.perform(lambda act: read_group(act, group))


@route(
    "PATCH",
    "/v1/groups/{group}",
    "change_group",
    roles=CLINICIANS,
    answer=Group,
    tagged=True,
    edits=True,
    refusals=("not_found",),
)
async def change(call: Call, group: UUID, body: GroupChange) -> Answer:
    """Change a group; a field left out stays, and so does what was recorded."""
    return await call.perform(
        call.edited(
            lambda act: read_group(act, group),
            lambda act, revision: change_group(act, group, body, revision),
        )
    )


@route(
    "GET",
    "/v1/groups/{group}/members",
    "list_group_members",
    roles=READERS,
    answer=GroupMembers,
    refusals=("not_found",),
)
async def members(call: Call, group: UUID) -> Answer:
    """List who is in a group now."""
    return await call.perform(lambda act: list_members(act, group))


@route(
    "POST",
    "/v1/groups/{group}/members",
    "add_group_member",
    roles=DESK,
    answer=GroupMember,
    statuses=(201, 200),
    refusals=("not_found", "unknown_participant"),
)
async def join(call: Call, group: UUID, body: NewGroupMember) -> Answer:
    """Put somebody into a group; whoever is in it already stays as they are."""
    return await call.perform(lambda act: add_member(act, group, body.participant))


@route(
    "DELETE",
    "/v1/groups/{group}/members/{participant}",
    "remove_group_member",
    roles=DESK,
    answer=GroupMember,
    refusals=("not_found",),
)
async def leave(call: Call, group: UUID, participant: UUID) -> Answer:
    """Take somebody out of a group; what was recorded of them stays."""
    return await call.perform(lambda act: remove_member(act, group, participant))


@route(
    "GET",
    "/v1/groups/{group}/sessions",
    "read_group_session",
    roles=READERS,
    answer=GroupSession,
    refusals=("not_found",),
)
async def session(call: Call, group: UUID, asked: SessionQuery) -> Answer:
    """Read a session: who is in the group on a day, and what is recorded of each."""
    return await call.perform(lambda act: read_session(act, group, asked.on))


@route(
    "POST",
    "/v1/groups/{group}/sessions",
    "record_group_session",
    speaks=True,
    roles=DESK,
    answer=BatchResults,
    refusals=("not_found",),
)
async def record(call: Call, group: UUID, body: NewGroupSession) -> Answer:
    """Record a session: each member's attendance as an event of its own, all of them in one batch.

    The answer has a result for everybody, in order: a receipt, or a problem that kept nobody else out.
    Whoever has an event on that day already is answered with `already_recorded`, unless `another` says that
    it is meant. A repeat answers each one's first receipt.
    """
    planned = await perform(call.resources.database, call.actor, lambda act: plan_session(act, group, body))
    if isinstance(planned, Refused):
        return call.refuse(planned)
    assert not isinstance(planned, Again)  # noqa: S101  only what is asked for with a key is answered again
    recording, items = new_id(), list[ToRecord | Refused]()
    for index, event in enumerate(planned.value):
        if isinstance(event, Refused):
            items.append(event)
        else:
            once = once_of(call, index, _encode(event))
            items.append(ToRecord(call.actor, event, call.language, once, recording))
    return await answer_all(call, items)
