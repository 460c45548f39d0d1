"""Members of staff: made, listed, read and changed by managers."""

from uuid import UUID

from schemas.staff import CreatedStaff, NewStaff, Staff, StaffChange, StaffPage
from service.core.cursors import Page
from service.core.refusals import refused
from service.flows.access.invitations import Way, invite_again, invite_staff
from service.flows.access.staff import change_staff, list_staff, read_staff
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.cookies import origin_of
from service.web.http.join_link import way_of
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
    """Make a member of staff, and a link by which they choose their password.

    The link is mailed to them where a mail server is set; else it is in this answer and nowhere else, and to
    the second-person rule they and whoever asked are one person, for both could have opened it. A
    `password` is refused: nobody knows another's.
    """
    if body.password is not None:
        return call.refuse(refused("invalid.password_of_another", "$.password"))
    way = _way(call)
    return await call.perform(lambda act: invite_staff(act, body, way), lambda made: f"/v1/staff/{made.id}")


@route(
    "POST",
    "/v1/staff/{staff}/invitation",
    "invite_staff",
    roles=MANAGERS,
    answer=CreatedStaff,
    refusals=("not_found",),
)
async def invite(call: Call, staff: UUID) -> Answer:
    """Let a member of staff choose a new password by a link; the one they have ends, with their sessions.

    The link goes where that of a new member goes.
    """
    way = _way(call)
    return await call.perform(lambda act: invite_again(act, staff, way))


def _way(call: Call) -> Way:
    return way_of(call.resources, origin_of(call.headers, call.resources.settings.public_url))


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
