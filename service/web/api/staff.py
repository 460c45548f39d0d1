"""Members of staff: made, listed, read and changed by managers."""

from uuid import UUID

from schemas.staff import CreatedStaff, NewStaff, Staff, StaffChange, StaffPage
from service.core.cursors import Page
from service.flows.access.staff import change_staff, create_staff, list_staff, read_staff
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import PageQuery
from service.web.http.route import MANAGERS, route


@route(
    "POST",
    "/v1/staff",
    "add_staff",
    roles=MANAGERS,
    answer=CreatedStaff,
    statuses=(201,),
    refusals=("reference_conflict",),
)
async def create(call: Call, body: NewStaff) -> Answer:
    """Make a member of staff.

    Without a `password` one is made up; it is in this answer and nowhere else.
    """
    return await call.perform(
        lambda act: create_staff(act, body, is_temporary=True), lambda made: f"/v1/staff/{made.id}"
    )


@route("GET", "/v1/staff", "list_staff", roles=MANAGERS, answer=StaffPage)
async def find(call: Call, asked: PageQuery) -> Answer:
    """List the staff, disabled ones too, newest first."""
    return await call.perform(lambda act: list_staff(act, Page(asked.limit, asked.cursor)))


@route(
    "GET",
    "/v1/staff/{staff}",
    "read_staff",
    roles=MANAGERS,
    answer=Staff,
    tagged=True,
    refusals=("not_found",),
)
async def read(call: Call, staff: UUID) -> Answer:
    """Read a member of staff."""
    return await call.perform(lambda act: read_staff(act, staff))


@route(
    "PATCH",
    "/v1/staff/{staff}",
    "change_staff",
    roles=MANAGERS,
    answer=Staff,
    tagged=True,
    edits=True,
    refusals=("not_found",),
)
async def change(call: Call, staff: UUID, body: StaffChange) -> Answer:
    """Change a member of staff; whoever is disabled or has another role is signed out at once.

    Their keys end with them, and with a role those that may do more than the new one.
    """
    answer = await call.perform(
        call.edited(
            lambda act: read_staff(act, staff),
            lambda act, revision: change_staff(act, staff, body, revision),
        )
    )
    # This process need not wait to hear which keys ended with them; the others do within a second.
    call.resources.keys.forget_all()
    return answer
