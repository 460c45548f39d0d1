"""Groups: made and changed, and who is in each."""

from functools import partial
from typing import Any, Final, Literal
from uuid import UUID

from msgspec import Struct

from schemas.groups import Group, GroupChange, NewGroup
from service.core.meetings import WEEKDAYS
from service.core.refusals import Fault, Refused, invalid
from service.flows.groups.groups import add_member, change_group, create_group, remove_member
from service.flows.people.participants import COUNTED_MAX, Named, find_people
from service.flows.screens.groups_kept import read_group_kept, read_groups_kept
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import CLINICAL, READING, page

PATH: Final = "/manage/groups"
REVISION_MAX: Final = 2**31 - 1
MINUTES: Final = "90"
FLAT: Final = {"name": "name_en", "places": "place", "times": "times"}
"""The field of the form at which a fault of the group's own field is said."""


class GroupsQuery(Struct, frozen=True):
    """Query parameters: what was just done."""

    done: Literal["made", "changed", "added", "removed"] | None = None


@page("GET", PATH, who=READING)
async def listed(call: PageCall, asked: GroupsQuery) -> Answer:
    """Show the groups, and a form for another."""
    return await _listed(call, asked.done)


@page("POST", PATH, who=CLINICAL)
async def make(call: PageCall) -> Answer:
    """Make a group."""
    new = call.form.read(NewGroup, **_sent(call))
    if isinstance(new, Refused):
        return await _listed(call, None, new)
    done = await call.do(partial(create_group, new=new), call.form.once, Group)
    if isinstance(done, Refused):
        return await _listed(call, None, done)
    return call.go(f"{PATH}/{done.id}?done=made")


@page("GET", PATH + "/{group}", who=READING)
async def show(call: PageCall, group: UUID, asked: GroupsQuery) -> Answer:
    """Show one group, who is in it, and the forms that change both."""
    return await _show(call, group, asked.done)


@page("POST", PATH + "/{group}", who=CLINICAL)
async def change(call: PageCall, group: UUID) -> Answer:
    """Change a group, unless somebody else did so meanwhile."""
    text = call.form.value("revision")
    revision = int(text) if text.isdecimal() and int(text) <= REVISION_MAX else 0
    wanted = call.form.read(GroupChange, **_sent(call), active=bool(call.form.value("active")))
    if isinstance(wanted, Refused):
        return await _show(call, group, None, wanted)
    done = await call.do(partial(change_group, group_id=group, change=wanted, revision=revision))
    if isinstance(done, Refused):
        return await _show(call, group, None, done)
    return call.go(f"{PATH}/{group}?done=changed")


@page("POST", PATH + "/{group}/find", who=CLINICAL)
async def find(call: PageCall, group: UUID) -> Answer:
    """Find people to put into a group; by a form, since a name has no place in an address."""
    found = await call.do(partial(find_people, typed=call.form.value("q"), most=COUNTED_MAX))
    if isinstance(found, Refused):
        return call.refuse(found)
    return await _show(call, group, None, found=found.people)


@page("POST", PATH + "/{group}/members", who=CLINICAL)
async def add(call: PageCall, group: UUID) -> Answer:
    """Put somebody into a group."""
    person = _id_in(call)
    if isinstance(person, Refused):
        return await _show(call, group, None, person)
    done = await call.do(partial(add_member, group_id=group, participant_id=person))
    if isinstance(done, Refused):
        return await _show(call, group, None, done)
    return call.go(f"{PATH}/{group}?done=added#members")


@page("POST", PATH + "/{group}/members/{person}/remove", who=CLINICAL)
async def remove(call: PageCall, group: UUID, person: UUID) -> Answer:
    """Take somebody out of a group; what was recorded stays."""
    done = await call.do(partial(remove_member, group_id=group, participant_id=person))
    if isinstance(done, Refused):
        return await _show(call, group, None, done)
    return call.go(f"{PATH}/{group}?done=removed#members")


class _Member(Struct, frozen=True):
    person: UUID


def _id_in(call: PageCall) -> UUID | Refused:
    form = call.form.read(_Member)
    return form if isinstance(form, Refused) else form.person


def _sent(call: PageCall) -> dict[str, Any]:
    """A group's fields as the form names them: one line a place, and a time for each weekday."""
    places = [line.partition(" ")[::2] for line in call.form.texts("place")]
    times = [
        {"weekday": day, "begins": begins, "minutes": call.form.value(f"minutes.{day}") or MINUTES}
        for day in WEEKDAYS
        if (begins := call.form.value(f"begins.{day}"))
    ]
    return {
        "name": {"en": call.form.value("name_en"), "es": call.form.value("name_es")},
        "places": [{"program": program, "target": target} for program, target in places],
        "times": times,
        "leader": call.form.value("leader") or None,
    }


def _typed(call: PageCall) -> dict[str, str]:
    """What stands in a form's fields: what was sent."""
    texts = {name: call.form.value(name) for name in ("name_en", "name_es", "leader")}
    for day in WEEKDAYS:
        texts[f"begins.{day}"] = call.form.value(f"begins.{day}")
        texts[f"minutes.{day}"] = call.form.value(f"minutes.{day}") or MINUTES
    return texts


def _standing(group: Group) -> dict[str, str]:
    """What stands in a form's fields: the group as it is."""
    texts = {"name_en": group.name.en, "name_es": group.name.es, "leader": str(group.leader or "")}
    for day in WEEKDAYS:
        time = next((one for one in group.times if one.weekday == day), None)
        texts[f"begins.{day}"] = "" if time is None else time.begins
        texts[f"minutes.{day}"] = MINUTES if time is None else str(time.minutes)
    return texts


def _said(call: PageCall, refusal: Refused | None) -> dict[str, str]:
    """The faults by the form's own fields."""
    if refusal is None:
        return {}
    flat = [
        Fault(f"$.{'name_es' if one.pointer == '$.name.es' else _field(one)}", one.reason, one.values)
        for one in refusal.faults
    ]
    return faults_of(call, invalid(*flat) if flat else refusal)


def _field(one: Fault) -> str:
    name = one.pointer.removeprefix("$.").partition(".")[0].partition("[")[0]
    return FLAT.get(name, name)


async def _listed(call: PageCall, done: str | None, refusal: Refused | None = None) -> Answer:
    read = await call.do(read_groups_kept)
    if isinstance(read, Refused):
        return call.refuse(read)
    values = {
        "kept": read,
        "done": done,
        "faults": _said(call, refusal),
        "texts": _typed(call),
        "chosen": list(call.form.texts("place")),
        "once": word_of(call),
        "days": WEEKDAYS,
        "views": views,
        "may_change": call.signed_in.role in CLINICAL,
    }
    return call.show_refused("manage/groups.html", refusal, **values)


async def _show(
    call: PageCall,
    group: UUID,
    done: str | None,
    refusal: Refused | None = None,
    found: tuple[Named, ...] | None = None,
) -> Answer:
    read = await call.do(partial(read_group_kept, group_id=group))
    if isinstance(read, Refused):
        return call.refuse(read)
    was_sent = "name_en" in call.form.fields
    values = {
        "one": read.group,
        "revision": read.revision,
        "members": read.members,
        "kept": read.kept,
        "done": done,
        "found": found,
        "typed": call.form.value("q"),
        "faults": _said(call, refusal),
        "texts": _typed(call) if was_sent else _standing(read.group),
        "chosen": list(call.form.texts("place"))
        if was_sent
        else [f"{one.program} {one.target}" for one in read.group.places],
        "days": WEEKDAYS,
        "views": views,
        "may_change": call.signed_in.role in CLINICAL,
    }
    return call.show_refused("manage/group.html", refusal, **values)
