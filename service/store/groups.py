"""Groups, and who is in them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.groups import Group, GroupMember, GroupName, GroupPlace, GroupTime
from service.core.meetings import WEEKDAYS
from service.store.database.pool import Tx


class KnownGroup(Struct, frozen=True):
    """A group and the revision that an ETag shows."""

    group: Group
    revision: int


class SeatedEpisode(Struct, frozen=True):
    """A member's enrollment in one of the group's programs, as the rules are asked for it."""

    participant: UUID
    enrollment: UUID
    program: str
    version: int
    starts_on: date
    funding: str | None


async def insert(tx: Tx, new: Group) -> None:
    """Write a new group."""
    await tx.run(
        "groups/insert",
        group_id=new.id,
        created_by=new.created_by,
        **_said(new),
    )


async def change(tx: Tx, after: Group) -> None:
    """Write a locked group as it is after a change; the revision goes up by one."""
    await tx.run(
        "groups/change",
        group_id=after.id,
        active=after.active,
        **_said(after),
    )


async def find(tx: Tx, group: UUID) -> KnownGroup | None:
    """One group by id."""
    row = await tx.row("groups/find", group_id=group)
    return None if row is None else _known(row)


async def lock(tx: Tx, group: UUID) -> KnownGroup | None:
    """One group by id, which no other transaction changes before this one ends."""
    row = await tx.row("groups/lock", group_id=group)
    return None if row is None else _known(row)


async def before(tx: Tx, last: UUID, rows_max: int, active: bool | None) -> list[Group]:
    """Groups made before `last`, newest first."""
    rows = await tx.rows("groups/list", before=last, limit=rows_max, active=active)
    return [_known(row).group for row in rows]


async def meeting(tx: Tx, rows_max: int) -> list[Group]:
    """The groups that meet, newest first."""
    return [_known(row).group for row in await tx.rows("groups/meeting", limit=rows_max)]


async def members(tx: Tx, group: UUID) -> list[GroupMember]:
    """Who is in a group now, in the order in which they joined; two charts of one person are one."""
    found: dict[UUID, GroupMember] = {}
    for row in await tx.rows("group_members/now", group_id=group):
        one = GroupMember(
            row["participant_id"], row["display_code"], row["joined_at"], row["added_by"], row["left_at"]
        )
        found.setdefault(one.participant, one)
    return list(found.values())


async def join(tx: Tx, group: UUID, participant: UUID, by: UUID) -> None:
    """Put somebody into a locked group."""
    await tx.run(
        "group_members/insert",
        member_id=tx.new_id(),
        group_id=group,
        participant_id=participant,
        added_by=by,
    )


async def leave(tx: Tx, group: UUID, charts: Sequence[UUID], by: UUID) -> bool:
    """Take somebody out of a group by their charts; false where they are not in it."""
    return bool(await tx.rows("group_members/leave", group_id=group, charts=list(charts), removed_by=by))


async def of_participant(
    tx: Tx, charts: Sequence[UUID]
) -> list[tuple[UUID, GroupName, tuple[GroupTime, ...]]]:
    """The groups that somebody is in and that meet: id, name and times of each."""
    return [
        (row["group_id"], GroupName(row["name_en"], row["name_es"]), _times(row))
        for row in await tx.rows("group_members/of_participant", charts=list(charts))
    ]


async def seats(
    tx: Tx, group: UUID, programs: Sequence[str], day: date, ended: datetime
) -> dict[UUID, list[SeatedEpisode]]:
    """Who was in a group when a day `ended`, each with their enrollments of that day in some programs."""
    found: dict[UUID, list[SeatedEpisode]] = {}
    rows = await tx.rows("group_members/seats", group_id=group, programs=list(programs), day=day, ended=ended)
    for row in rows:
        own = found.setdefault(row["participant_id"], [])
        if row["enrollment_id"] is None or any(one.enrollment == row["enrollment_id"] for one in own):
            continue
        own.append(
            SeatedEpisode(
                row["participant_id"],
                row["enrollment_id"],
                row["program"],
                row["version"],
                row["starts_on"],
                row["funding"],
            )
        )
    return found


def _said(group: Group) -> dict[str, object]:
    """The columns that somebody says and may change."""
    return {
        "name_en": group.name.en,
        "name_es": group.name.es,
        "programs": [one.program for one in group.places],
        "targets": [one.target for one in group.places],
        "weekdays": [WEEKDAYS.index(one.weekday) for one in group.times],
        "begins": [time.fromisoformat(one.begins) for one in group.times],
        "minutes": [one.minutes for one in group.times],
        "leader_id": group.leader,
    }


def _times(row: Record) -> tuple[GroupTime, ...]:
    return tuple(
        GroupTime(WEEKDAYS[weekday], begins.isoformat("minutes"), minutes)
        for weekday, begins, minutes in zip(row["weekdays"], row["begins"], row["minutes"], strict=True)
    )


def _known(row: Record) -> KnownGroup:
    places = zip(row["programs"], row["targets"], strict=True)
    group = Group(
        row["group_id"],
        GroupName(row["name_en"], row["name_es"]),
        tuple(GroupPlace(program, target) for program, target in places),
        _times(row),
        row["leader_id"],
        row["active"],
        row["members"],
        row["created_at"],
        row["created_by"],
    )
    return KnownGroup(group, row["revision"])
