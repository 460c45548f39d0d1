"""Hand in and read submissions, give one back, and forget pictures; see `verify.py` for what is right."""

from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from schemas.program import Title
from schemas.submissions import (
    NewSubmission,
    Submission,
    SubmissionPage,
    SubmissionReturn,
    SubmissionSettings,
    SubmissionSettingsChange,
    SubmittedPicture,
)
from service.core.cursors import LAST_ID, Page, before_id, cut
from service.core.naming import program_title, target_title
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.flows.submissions.pictures import MEDIA, UNREADABLE, made_anew
from service.store import charts, enrollments, episodes, names, participants, submissions
from service.store.database.pool import Database
from service.store.names import Named
from service.store.submissions import SubmissionFilter

__all__ = ["SubmissionFilter"]

WAITING_MAX: Final = 10
"""How many of one person's submissions may wait for the staff."""
LATELY_MAX: Final = 20
"""How many one person hands in within a day."""
WAITS_DAYS_MAX: Final = 180
"""After how many days a picture is forgotten that nobody looked at."""
OPEN_MAX: Final = 50
OWN_MAX: Final = 20
EPISODES_MAX: Final = 20
GONE: Final = refused("not_found.submission")
SETTLED: Final = refused("already_settled.submission")


class Place(Struct, frozen=True):
    """A target that takes submissions, with what it and its program are called."""

    enrollment: UUID
    target: str
    title: Title
    program: Title


class OwnSubmissions(Struct, frozen=True):
    """What somebody can hand in, and what they did, newest first."""

    places: tuple[Place, ...]
    handed_in: tuple[Submission, ...]
    titles: dict[UUID, Title]


class OpenSubmissions(Struct, frozen=True):
    """What waits for the staff, the first handed in first; one more than is shown says so."""

    items: tuple[Submission, ...]
    people: dict[UUID, Named]
    titles: dict[UUID, Title]
    settings: SubmissionSettings


async def read_settings(act: Act) -> Done[SubmissionSettings]:
    """What the clinic takes."""
    return Done(await submissions.settings(act))


async def set_settings(act: Act, change: SubmissionSettingsChange) -> Done[SubmissionSettings]:
    """Change what is taken from now on; what is left out stays."""
    changes = {name: value for name, value in asdict(change).items() if value is not UNSET}
    if "takes" in changes:
        changes["takes"] = tuple(dict.fromkeys(changes["takes"]))
    made = replace(await submissions.settings(act), **changes, set_at=act.now, set_by=act.actor.id)
    await submissions.set_settings(act, made, act.actor.id)
    takes = ",".join(made.takes) or "none"
    act.audit("submissions.set", act.clinic, takes=takes, keep_days=made.keep_days)
    return Done(made, "created")


async def picture_in(new: NewSubmission) -> bytes | Refused | None:
    """The picture of a submission made anew, before any transaction is open; none where there is none."""
    if new.picture is None:
        return None
    try:
        body = b64decode(new.picture, validate=True)
    except ValueError:
        return UNREADABLE
    return await made_anew(body)


async def hand_in(
    act: Act, new: NewSubmission, picture: bytes | None, only: UUID | None = None
) -> Done[Submission] | Refused:
    """Keep what somebody hands in until the staff have looked; it earns nothing by itself.

    `picture` is one that was made anew. With `only` it must be that person's own.
    """
    if new.text is None and picture is None:
        return refused("invalid.submission_empty", "$.text")
    known = await enrollments.find(act, new.enrollment)
    who = None if known is None else await charts.lock_person(act, known.participant)
    own = () if who is None else await charts.charts(act, who)
    if known is None or who is None or only not in {None, *own}:
        return refused("not_found.enrollment")
    if not any((one.enrollment, one.target) == (known.id, new.target) for one in await _places(act, who)):
        return refused("invalid.submission_not_taken", "$.target")
    waiting, lately = await submissions.count_of(act, own, act.now - timedelta(days=1))
    if waiting >= WAITING_MAX or lately >= LATELY_MAX:
        return refused("invalid.submissions_many", "$")
    made = Submission(
        act.new_id(),
        who,
        known.id,
        new.target,
        "waiting",
        act.now,
        act.actor.id,
        picture is not None,
        picture is not None,
        new.text,
    )
    await submissions.insert(act, made, picture)
    act.audit("submission.handed_in", made.id, who, picture=int(picture is not None))
    return Done(made, "created")


async def read_submission(act: Act, submission: UUID) -> Done[Submission] | Refused:
    """One submission; reading it is told."""
    known = await submissions.find(act, submission)
    if known is None:
        return GONE
    act.audit("submission.read", known.id, known.participant)
    return Done(known)


async def read_picture(act: Act, submission: UUID, only: UUID | None = None) -> Done[bytes] | Refused:
    """The picture of a submission; looking at it is told. With `only` it must be that person's own."""
    known = await submissions.find(act, submission)
    if known is None or (only is not None and known.participant not in await charts.charts(act, only)):
        return GONE
    picture = await submissions.picture(act, submission)
    if picture is None:
        return refused("not_found.picture")
    act.audit("submission.read", known.id, known.participant, picture=1)
    return Done(picture)


async def read_picture_as_text(act: Act, submission: UUID) -> Done[SubmittedPicture] | Refused:
    """The same for a program."""
    known = await submissions.find(act, submission)
    if known is None:
        return GONE
    found = await read_picture(act, submission)
    if isinstance(found, Refused):
        return found
    return Done(SubmittedPicture(known.participant, MEDIA, b64encode(found.value).decode()))


async def list_submissions(act: Act, page: Page, wanted: SubmissionFilter) -> Done[SubmissionPage] | Refused:
    """Submissions of the clinic or of one person, newest first; whoever is shown is told."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    own = None if wanted.participant is None else await charts.charts(act, wanted.participant)
    found = await submissions.before(act, last, page.limit + 1, wanted.status, own)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    for participant in dict.fromkeys(one.participant for one in shown):
        act.audit("submission.listed", None, participant)
    return Done(SubmissionPage(shown, more))


async def read_own(act: Act) -> Done[OwnSubmissions]:
    """What whoever acts can hand in, and what they did."""
    places = await _places(act, act.actor.id)
    own = await charts.charts(act, act.actor.id)
    found = await submissions.before(act, LAST_ID, OWN_MAX, None, own)
    return Done(OwnSubmissions(tuple(places), tuple(found), await _titles(act, found)))


async def has_places(act: Act) -> Done[bool]:
    """Whether whoever acts can hand anything in."""
    return Done(bool(await _places(act, act.actor.id)))


async def read_open(act: Act) -> Done[OpenSubmissions]:
    """What waits for the staff; whoever is shown is told."""
    found = await submissions.open_ones(act, OPEN_MAX + 1)
    for participant in dict.fromkeys(one.participant for one in found):
        act.audit("submission.listed", None, participant)
    people = await names.of(act, {one.participant for one in found})
    return Done(
        OpenSubmissions(tuple(found), people, await _titles(act, found), await submissions.settings(act))
    )


async def ask_again(act: Act, submission: UUID, new: SubmissionReturn) -> Done[Submission] | Refused:
    """Give back what was handed in, with words to the person; they may hand in something else."""
    known = await submissions.find(act, submission)
    if known is None:
        return GONE
    by = act.actor.id
    if not await submissions.step(act, submission, ("waiting",), "asked_again", by=by, words=new.words):
        return SETTLED
    act.audit("submission.asked_again", submission, known.participant)
    return Done(await submissions.find(act, submission) or known)


async def forget_pictures(database: Database, clinic: UUID) -> int:
    """Forget the pictures of a clinic whose days are over; says how many."""
    async with database.transaction(clinic) as tx:
        keep = timedelta(days=(await submissions.settings(tx)).keep_days)
        unseen = timedelta(days=WAITS_DAYS_MAX)
        return await submissions.forget_pictures(tx, tx.now - keep, tx.now - unseen)


async def _places(act: Act, participant: UUID) -> list[Place]:
    """The targets of somebody's open enrollments that take submissions; none of whoever is not in care."""
    takes = (await submissions.settings(act)).takes
    if not takes or await participants.gone(act, participant) is not None:
        return []
    found = []
    for one in await enrollments.before(act, LAST_ID, EPISODES_MAX, participant, "open"):
        rules = await episodes.rules_of(act, one.program, one.version)
        title = program_title(rules.program)
        found += [
            Place(one.id, target.name, target_title(rules.program, target), title)
            for target in rules.program.targets
            if target.behavior in takes
        ]
    return found


async def _titles(act: Act, some: list[Submission]) -> dict[UUID, Title]:
    """What the targets of some submissions are called, by submission."""
    found = {}
    for one in some:
        known = await enrollments.find(act, one.enrollment)
        if known is not None:
            rules = await episodes.rules_of(act, known.program, known.version)
            target = rules.program.targets[rules.place_of[one.target]]
            found[one.id] = target_title(rules.program, target)
    return found
