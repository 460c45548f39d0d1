"""Examples of groups and their sessions, for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.groups import (
    Attendance,
    Group,
    GroupChange,
    GroupMember,
    GroupMembers,
    GroupName,
    GroupPage,
    GroupPlace,
    GroupSession,
    GroupTime,
    NewGroup,
    NewGroupMember,
    NewGroupSession,
    Seat,
)
from service.web.contract.samples import AT, ENROLLMENT, PARTICIPANT, PROGRAM_NAME, sample_id

GROUP, LEADER, MANAGER, EVENT = map(sample_id, (70, 71, 7, 4))
_NAME: Final = GroupName("Morning group", "Grupo de la mañana")
_PLACES: Final = (GroupPlace(PROGRAM_NAME, "group-session"),)
_TIMES: Final = (GroupTime("mon", "09:00", 180), GroupTime("thu", "09:00", 180))
_GROUP: Final = Group(
    GROUP, _NAME, _PLACES, _TIMES, LEADER, active=True, members=8, created_at=AT, created_by=MANAGER
)
_MEMBER: Final = GroupMember(PARTICIPANT, "K7MQ", AT, MANAGER)

BODIES: Final[dict[str, dict[str, object]]] = {
    "create_group": {"a morning group": NewGroup(_NAME, _PLACES, _TIMES)},
    "change_group": {
        "another time": GroupChange(times=(GroupTime("tue", "13:00", 90),)),
        "it meets no more": GroupChange(active=False),
    },
    "add_group_member": {"somebody": NewGroupMember(PARTICIPANT)},
    "record_group_session": {
        "who came": NewGroupSession(AT, (Attendance(PARTICIPANT, "attended"),)),
        "who came late": NewGroupSession(AT, (Attendance(PARTICIPANT, "late", "The bus."),)),
    },
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    Group: _GROUP,
    GroupPage: GroupPage((_GROUP,)),
    GroupMember: _MEMBER,
    GroupMembers: GroupMembers((_MEMBER,)),
    GroupSession: GroupSession(
        GROUP,
        date(2026, 3, 2),
        meets=True,
        seats=(Seat(PARTICIPANT, "K7MQ", "recorded", ENROLLMENT, "group-session", EVENT, "attended"),),
    ),
}
"""Answers, by their shape."""
