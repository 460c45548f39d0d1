"""Audit packs: what somebody outside is given, with a checker that works it out again by itself."""

from functools import partial
from io import BytesIO
from typing import Final

from schemas.packs import PackScope
from service.core.cursors import LIMIT_MAX, Page
from service.core.naming import program_title
from service.core.refusals import Refused
from service.flows.programs.programs import list_programs
from service.flows.trail.packs import MOST_AT_ONCE, make_pack
from service.web.http.answers import Answer
from service.web.http.disclosing import as_pack
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import day_in, faults_of, person_of
from service.web.pages.framework.page import SEEING, page

PATH: Final = "/manage/audit/pack"
RECIPIENT_MAX: Final = 200


@page("GET", PATH, who=SEEING)
async def show(call: PageCall) -> Answer:
    """Show what can be chosen."""
    return await _shown(call)


@page("POST", PATH, who=SEEING)
async def make(call: PageCall) -> Answer:
    """Make a pack and give it as a file; it is told in the trail and accounted for."""
    said = call.form.value
    participant = None
    if said("person"):
        person = await person_of(call, said("person"))
        if isinstance(person, Refused):
            return await _shown(call, person)
        participant = person.id
    scope = PackScope(
        participant,
        said("program") or None,
        day_in(said("since")),
        day_in(said("until")),
        bool(said("names")),
        said("recipient").strip()[:RECIPIENT_MAX] or None,
    )
    body = BytesIO()
    made = await make_pack(call.resources.database, call.actor, scope, body, MOST_AT_ONCE)
    return await _shown(call, made) if isinstance(made, Refused) else as_pack(body.getvalue())


async def _shown(call: PageCall, refusal: Refused | None = None) -> Answer:
    programs = await call.do(partial(list_programs, page=Page(LIMIT_MAX)))
    if isinstance(programs, Refused):
        return call.refuse(programs)
    titles = {one.name: call.voice.titled(program_title(one.document)) for one in programs.items}
    return call.show_refused(
        "manage/pack.html",
        refusal,
        programs=[("", call.voice.plain("manage.pack.any_program")), *titles.items()],
        faults=faults_of(call, refusal),
    )
