"""Texts of what people hand in: in the portal, at the desk, and what a clinic takes."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "sub.own.link": "Homework or a slip to hand in?",
    "sub.own.open": "Hand it in here",
    "sub.own.title": "Hand something in",
    "sub.own.lead": (
        "Write it, take a photo, or both. The staff look at it; then it counts from when you handed it in."
    ),
    "sub.own.none": "There is nothing to hand in here now. Ask the staff.",
    "sub.own.what": "What it is for",
    "sub.own.text": "What you want to say",
    "sub.own.picture": "Photo",
    "sub.own.picture_hint": ("A JPEG, PNG or WebP of up to 10 MB. Where and when it was taken is removed."),
    "sub.own.go": "Hand it in",
    "sub.own.done": "Thank you, we have it. The staff will look at it.",
    "sub.own.list": "What you handed in",
    "sub.own.status.waiting": "waits for the staff",
    "sub.own.status.verifying": "waits for the staff",
    "sub.own.status.verified": "it counts",
    "sub.own.status.asked_again": "please look again",
    "sub.own.they_say": "The staff say: {words}",
    "sub.own.see": "See the photo",
    "sub.title": "Handed in",
    "sub.lead": (
        "What people handed in and nobody has looked at yet. It is recorded with the time at which it "
        "was handed in."
    ),
    "sub.none": "Nothing waits.",
    "sub.verify": "It is right",
    "sub.beside": "It is right, and counts beside that",
    "sub.again": "Ask again",
    "sub.words": "What you tell them",
    "sub.words_hint": "Kindly, and what would help. They read it in their portal.",
    "sub.send_back": "Give it back with these words",
    "sub.picture": "What {code} handed in",
    "sub.picture_gone": "The photo is not kept any more.",
    "sub.done.verified": "Verified and recorded.",
    "sub.done.asked_again": "Given back with your words.",
    "sub.more": "More wait; these come first.",
    "sub.takes": "What people can hand in",
    "sub.takes.homework": "Homework",
    "sub.takes.activity": "Activities and meeting slips",
    "sub.keep_days": "Days a photo is kept after it was looked at",
    "sub.save": "Save",
    "sub.saved": "Saved. This holds from now on.",
    "desk.work.submissions": "Handed in, to look at",
    "shared.nav.submissions": "Handed in",
    "shared.about.submissions": "homework slips photos",
    "manage.deed.submission_handed_in": "handed something in",
    "manage.deed.submission_read": "looked at what was handed in",
    "manage.deed.submission_listed": "saw what was handed in",
    "manage.deed.submission_verified": "verified what was handed in",
    "manage.deed.submission_asked_again": "gave back what was handed in",
    "manage.deed.submissions_set": "set what can be handed in",
}
