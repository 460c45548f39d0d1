"""Read what keeping groups takes: the groups, who may lead one, and where attendance can be recorded."""

from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.groups import Group
from schemas.program import Title
from service.core.cursors import LAST_ID, Page
from service.core.naming import program_title, target_title
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.flows.programs.programs import list_programs
from service.store import groups, names, staff
from service.store.names import Named

SHOWN_MAX: Final = 200


class Placing(Struct, frozen=True):
    """A target of attendance that a group can record in."""

    program: str
    title: Title
    target: str
    target_title: Title


class GroupsKept(Struct, frozen=True):
    """The groups of a clinic, those that meet first; `staff` are who may lead one, and their names."""

    groups: tuple[Group, ...]
    staff: dict[UUID, str]
    placings: tuple[Placing, ...]


class GroupKept(Struct, frozen=True):
    """One group with its revision and its members."""

    group: Group
    revision: int
    members: tuple[Named, ...]
    kept: GroupsKept


async def read_groups_kept(act: Act) -> Done[GroupsKept] | Refused:
    """All groups, and what the form of one is filled from."""
    found = await groups.before(act, LAST_ID, SHOWN_MAX, None)
    found.sort(key=lambda one: (not one.active, one.name.en.casefold()))
    people = await staff.before(act, LAST_ID, SHOWN_MAX)
    leading = {one.id: one.name or one.email for one in people if one.disabled_at is None}
    listed = await list_programs(act, Page(SHOWN_MAX, None))
    if isinstance(listed, Refused):
        return listed
    placings = tuple(
        Placing(one.name, program_title(one.document), target.name, target_title(one.document, target))
        for one in listed.value.items
        for target in one.document.targets
        if target.behavior == "attendance"
    )
    return Done(GroupsKept(tuple(found), leading, placings))


async def read_group_kept(act: Act, group_id: UUID) -> Done[GroupKept] | Refused:
    """One group as its page shows it; each member is told."""
    known = await groups.find(act, group_id)
    if known is None:
        return refused("not_found.group")
    kept = await read_groups_kept(act)
    if isinstance(kept, Refused):
        return kept
    members = await groups.members(act, group_id)
    called = await names.of(act, [one.participant for one in members])
    for one in members:
        act.audit("group.listed", group_id, one.participant)
    people = sorted(called.values(), key=lambda one: ((one.name or "~").casefold(), one.display_code))
    return Done(GroupKept(known.group, known.revision, tuple(people), kept.value))
