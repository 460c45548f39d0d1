"""Groups: made, changed and read, and who is in them."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.groups import (
    GROUP_MEMBERS_MAX,
    Group,
    GroupChange,
    GroupMember,
    GroupMembers,
    GroupPage,
    GroupPlace,
    GroupTime,
    NewGroup,
)
from service.core.cursors import Page, before_id, cut
from service.core.meetings import in_order
from service.core.refusals import Fault, Refused, fault, invalid, refused
from service.flows.perform import Act, Done
from service.store import charts, groups, participants, programs, staff

GROUPS_MAX = 200
"""How many groups of a clinic may meet at once."""


async def create_group(act: Act, new: NewGroup) -> Done[Group] | Refused:
    """Make a group that nobody is in yet."""
    refusal = await _judged(act, new.places, new.times, new.leader)
    if refusal is not None:
        return refusal
    if len(await groups.meeting(act, GROUPS_MAX)) >= GROUPS_MAX:
        return refused("invalid.groups_many", "$", most=GROUPS_MAX)
    made = Group(
        act.new_id(),
        new.name,
        new.places,
        in_order(new.times),
        new.leader,
        active=True,
        members=0,
        created_at=act.now,
        created_by=act.actor.id,
    )
    await groups.insert(act, made)
    act.audit("group.made", made.id, None, programs=",".join(one.program for one in made.places))
    return Done(made, "created", 1)


async def change_group(act: Act, group_id: UUID, change: GroupChange, revision: int) -> Done[Group] | Refused:
    """Change what is named; refused where somebody else changed the group since `revision`."""
    known = await groups.lock(act, group_id)
    if known is None:
        return refused("not_found.group")
    if known.revision != revision:
        return refused("precondition_failed.group")
    changed = {field: value for field, value in asdict(change).items() if value is not UNSET}
    if "times" in changed:
        changed["times"] = in_order(changed["times"])
    after = replace(known.group, **changed)
    if after == known.group:
        return Done(after, revision=revision)
    refusal = await _judged(
        act,
        () if after.places == known.group.places else after.places,
        after.times,
        None if after.leader == known.group.leader else after.leader,
    )
    if refusal is not None:
        return refusal
    await groups.change(act, after)
    act.audit("group.changed", group_id, None, fields=",".join(sorted(changed)))
    return Done(after, revision=revision + 1)


async def read_group(act: Act, group_id: UUID) -> Done[Group] | Refused:
    """One group by id."""
    known = await groups.find(act, group_id)
    if known is None:
        return refused("not_found.group")
    return Done(known.group, revision=known.revision)


async def list_groups(act: Act, page: Page, *, active: bool | None = None) -> Done[GroupPage] | Refused:
    """The groups of the clinic, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await groups.before(act, last, page.limit + 1, active)
    return Done(GroupPage(*cut(found, page, lambda group: group.id.bytes)))


async def add_member(act: Act, group_id: UUID, participant_id: UUID) -> Done[GroupMember] | Refused:
    """Put somebody into a group; whoever is in it already stays as they are."""
    known = await groups.lock(act, group_id)
    if known is None:
        return refused("not_found.group")
    participant = await charts.lock_person(act, participant_id)
    if participant is None:
        return refused("unknown_participant", "$.participant")
    there = await groups.members(act, group_id)
    member = next((one for one in there if one.participant == participant), None)
    if member is not None:
        return Done(member, "found")
    if len(there) >= GROUP_MEMBERS_MAX:
        return refused("invalid.group_full", "$.participant", most=GROUP_MEMBERS_MAX)
    await groups.join(act, group_id, participant, act.actor.id)
    act.audit("group.joined", group_id, participant)
    person = await participants.find(act, participant)
    code = "" if person is None else person.participant.display_code
    return Done(GroupMember(participant, code, act.now, act.actor.id), "created")


async def remove_member(act: Act, group_id: UUID, participant_id: UUID) -> Done[GroupMember] | Refused:
    """Take somebody out of a group; what was recorded of them stays."""
    if await groups.lock(act, group_id) is None:
        return refused("not_found.group")
    person = await charts.person(act, participant_id)
    there = await groups.members(act, group_id)
    member = next((one for one in there if person is not None and one.participant == person.id), None)
    if person is None or member is None:
        return refused("not_found.group_member")
    await groups.leave(act, group_id, person.charts, act.actor.id)
    act.audit("group.left", group_id, person.id)
    return Done(replace(member, left_at=act.now))


async def list_members(act: Act, group_id: UUID) -> Done[GroupMembers] | Refused:
    """Who is in a group now; each of them is told."""
    if await groups.find(act, group_id) is None:
        return refused("not_found.group")
    found = await groups.members(act, group_id)
    for one in found:
        act.audit("group.listed", group_id, one.participant)
    return Done(GroupMembers(tuple(found)))


async def _judged(
    act: Act, places: Sequence[GroupPlace], times: Sequence[GroupTime], leader: UUID | None
) -> Refused | None:
    """What is wrong with a group's places, times and leader, if anything is."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for no, place in enumerate(places):
        where = f"$.places[{no}]"
        program = await programs.latest(act, place.program)
        target = program and next((one for one in program.document.targets if one.name == place.target), None)
        if place.program in seen:
            faults.append(fault(f"{where}.program", "group.program_twice"))
        elif program is None:
            faults.append(fault(f"{where}.program", "group.program_unknown", program=place.program))
        elif not target or target.behavior != "attendance":
            faults.append(fault(f"{where}.target", "group.no_such_attendance", target=place.target))
        seen.add(place.program)
    days = [one.weekday for one in times]
    faults += [
        fault(f"$.times[{no}].weekday", "group.weekday_twice")
        for no, day in enumerate(days)
        if day in days[:no]
    ]
    if leader is not None:
        known = await staff.find(act, leader)
        if known is None or known.staff.disabled_at is not None:
            faults.append(fault("$.leader", "group.leader_unknown"))
    return invalid(*faults) if faults else None
