"""Texts on who did what, on the rules of a second person, and on second looks."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.deeds.title": "Who did what",
    "manage.deeds.lead": "What each person recorded, corrected and handed out from {since} to {until}.",
    "manage.deeds.people": "By person",
    "manage.deeds.odd_means": (
        "Late records, second visits of a day, own corrections and contacts that nobody confirmed come "
        "first. None is wrong by itself."
    ),
    "manage.deeds.who": "Who",
    "manage.deeds.odd": "To look at",
    "manage.deeds.recorded": "Visits recorded",
    "manage.deeds.late": "Late",
    "manage.deeds.another": "Second of a day",
    "manage.deeds.corrected": "Corrected",
    "manage.deeds.own": "Of their own",
    "manage.deeds.given": "Handed out",
    "manage.deeds.nameless": "Without a name",
    "manage.deeds.nothing": "Nothing was done on these days.",
    "manage.deeds.each": "What they did",
    "manage.deeds.more": "There is more than is shown: choose fewer days.",
    "manage.deeds.did.recorded": "Recorded a visit",
    "manage.deeds.did.given": "Handed out a reward",
    "manage.deeds.welcomed": "Welcomes",
    "manage.deeds.welcomed_usd": "Welcomes of all whom one person enrolls on a day, in dollars",
    "manage.deeds.welcomed_points": "The same in points",
    "manage.deeds.did.welcomed": "Enrolled somebody with a welcome",
    "manage.deeds.of.welcomed": "opened {at}",
    "manage.deeds.readdressed": "Contacts changed",
    "manage.deeds.did.readdressed": "Changed a phone number or mail",
    "manage.deeds.of.readdressed": "since {at}",
    "manage.deeds.is.unconfirmed": "confirmed by nobody",
    "manage.deeds.new_address": (
        "For how many hours a changed phone number or mail address is sent no sign-in code"
    ),
    "manage.deeds.unread_hours": "A number of hours, at most 720, or nothing.",
    "manage.deeds.did.corrected": "Corrected a visit",
    "manage.deeds.of.recorded": "the visit: {at}",
    "manage.deeds.of.given": "asked for: {at}",
    "manage.deeds.of.corrected": "the visit: {at}",
    "manage.deeds.is.late": "late",
    "manage.deeds.is.much": "much in a day",
    "manage.deeds.is.another": "second of a day",
    "manage.deeds.is.own": "their own record",
    "manage.deeds.rules": "When a second person is asked for",
    "manage.deeds.rules_why": (
        "All is recorded at once. What goes beyond this is handed out after somebody else's look."
    ),
    "manage.deeds.rules_alone": (
        "A manager and a program are asked about only where somebody else on the staff could look. What "
        "one person did alone is in the table above in any case."
    ),
    "manage.deeds.rules_own": (
        "You set these rules yourself. Where they are looser than before, they hold for you once another "
        "manager has saved them too."
    ),
    "manage.deeds.roles": "Whose records are asked about",
    "manage.deeds.record_within": "Days after a visit to record it",
    "manage.deeds.enroll_within": "Days after the first day to enroll",
    "manage.deeds.recorded_usd": "Recorded by one person for one participant on a day, in dollars",
    "manage.deeds.recorded_points": "The same in points",
    "manage.deeds.given_usd": "Handed out by one person to one participant on a day, in dollars",
    "manage.deeds.given_points": "The same in points",
    "manage.deeds.unseen_usd": "Handed out in 7 days to people whom one person alone knows, in dollars",
    "manage.deeds.empty": "Empty: no bound.",
    "manage.deeds.each_currency": (
        "A bound in dollars holds for each other currency by itself, in as many of its smallest parts: "
        "$200.00 is 200.00 euros or 20,000 yen."
    ),
    "manage.deeds.overturn_own": "Whoever recorded a result may overturn it alone",
    "manage.deeds.done": "The new rules hold from now on.",
    "manage.deeds.unread_days": "Give whole days, 0 to 3,650, or leave it empty.",
    "desk.look.title": "A second look is due",
    "desk.look.why": (
        "Somebody else looks at this before rewards are handed out. Whoever else hands them out has looked."
    ),
    "desk.look.recorded_late": "The visit of {since} was recorded on {at} by {who}",
    "desk.look.recorded_much": "{amount} was recorded on {at} by {who}",
    "desk.look.enrolled_late": "The enrollment from {since} was opened on {at} by {who}",
    "desk.look.welcomed_much": "{who} enrolled people with {amount} in welcomes on {at}",
    "desk.look.withdrew_spent": "{who} took back {amount} on {at} that was handed out already",
    "desk.look.welcomed_again": "A welcome was paid again for the enrollment that {who} opened on {at}",
    "desk.look.more": "And {count} more",
    "desk.look.somebody": "somebody",
    "desk.look.own": "You did some of this: ask a colleague to look.",
    "desk.look.go": "I have looked, and it is right",
    "desk.person.looked": "Looked at, and on record.",
}
