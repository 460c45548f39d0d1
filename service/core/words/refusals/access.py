"""Why somebody does not come in: codes, PINs, passkeys, passwords, keys, staff, and the first set-up."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "forbidden.pack": Sentence("An audit pack is made by an auditor or a manager."),
    "invalid.pack_scope": Sentence(
        "Name a participant, a program or a period: a pack is not of everything.",
        page="It lacks what it is of. Choose a person, a program or a period.",
    ),
    "invalid.pack_days": Sentence(
        "A period has a first and a last day, and the last is not before the first.",
        page="Fill in the first and the last day. The last must be the first day or later.",
    ),
    "invalid.pack_too_large": Sentence(
        "More than {most} enrollments match; take a shorter period, or use `rewards audit pack`, which takes "
        "more.",
        page=(
            "That is more than {most} enrollments. Choose a shorter period, or ask whoever runs the service "
            "for the file."
        ),
    ),
    "not_found.pack": Sentence(
        "No enrollment matches, so there is nothing to pack.",
        page="No enrollment is like that. Check the person, the program and the days.",
    ),
    "unauthenticated.sign_in_code": Sentence(
        "This code does not open anything: ask the front desk for a new one."
    ),
    "too_many_requests.sign_in": Sentence(
        "That was tried too often from here. Wait ten minutes, or ask the front desk."
    ),
    "unauthenticated.passkey": Sentence("This passkey does not open anything here; sign in by a code."),
    "invalid.passkey_not_kept": Sentence("The passkey could not be kept; try again, or leave it out."),
    "unauthenticated.pin": Sentence("This does not match; after five wrong tries a PIN rests."),
    "invalid.pin_digits": Sentence("A PIN has six digits."),
    "invalid.pin_easy": Sentence("This PIN is easy to guess; choose another."),
    "unauthenticated.second_factor": Sentence(
        "This code is not right, or it was used before. Wait for the next one and type that."
    ),
    "already_settled.second_factor": Sentence(
        "The second factor is on; turn it off first to set it up anew.",
        page="Two-step sign-in is on already. Turn it off first to set it up again.",
    ),
    "unauthenticated.password": Sentence(
        "The address or the password is not right. Look at both and try again."
    ),
    "invalid.password_short": Sentence(
        "A password has at least {letters} characters; a few words in a row make a good one."
    ),
    "invalid.password_long": Sentence("A password has at most {letters} characters."),
    "invalid.password_common": Sentence(
        "This password is among the first that are guessed; take words that do not belong together."
    ),
    "invalid.password_about_you": Sentence(
        "Hardly anything is left of this password besides your name, your address and the clinic's; take "
        "words that have nothing to do with you."
    ),
    "invalid.password_breached": Sentence(
        "This password is among those that were stolen most often; take another."
    ),
    "forbidden.own_key": Sentence(
        "A key does not revoke itself; issue another, and revoke this one with it."
    ),
    "key_expired": Sentence("This key's last day is past; issue another and send that one."),
    "scope_missing": Sentence("This key lacks the scope {scope}; issue one that has it."),
    "scope_missing.to_grant": Sentence(
        "A key grants no scope that it lacks itself, such as {scope}; leave it out."
    ),
    "proof_required": Sentence(
        "This takes your password or second factor, shown within the last {minutes} minutes: send it "
        "to /v1/sessions/current/proof, and ask again.",
        page=(
            "This takes your password or your six digits within the last {minutes} minutes. Type them again."
        ),
    ),
    "unauthenticated.proof": Sentence(
        "This is not your password or second factor; try again.",
        page="This is not your password or your six digits. Try again.",
    ),
    "second_factor_needed": Sentence(
        "This account takes a second factor: send its six digits as code.",
        page="This account takes two-step sign-in. Type the six digits.",
    ),
    "second_factor_needed.set_up": Sentence(
        "This account needs a second factor and has none yet; sign in on the pages and set it up.",
        page=(
            "This account needs two-step sign-in and does not have it yet. Sign in on the pages and "
            "set it up."
        ),
    ),
    "second_factor_needed.passkey": Sentence(
        "This account has a passkey alone, which works on the pages; set up six digits there for a program."
    ),
    "person_needed": Sentence(
        "A key approves nothing: a member of staff does, on the pages or under a session of /v1/sessions.",
        page="Only a member of staff approves this. Ask a manager to do so.",
    ),
    "person_needed.session": Sentence(
        "A key has no session and no password; only a member of staff's session is asked for this."
    ),
    "proposer_unknown": Sentence(
        "Nobody answers for the key that proposed this, so nobody knows whose proposal it is; refuse it, and "
        "have it proposed anew by a person, or by a key that a person answers for."
    ),
    "forbidden.must_choose": Sentence(
        "This password was given to you: sign in on the pages and choose one of your own first."
    ),
    "invalid.key_end": Sentence(
        "A key's last day is today at the earliest, and at most {days} days from now."
    ),
    "invalid.smart_keys": Sentence(
        "The public keys are missing, or said twice. Give `jwks` or `jwks_url`, one of the two."
    ),
    "invalid.smart_jwks": Sentence(
        "This is no set of public keys. Give 1 to {most} `keys`, RSA of 2,048 bits or more or EC on P-384."
    ),
    "invalid.key_without_scopes": Sentence(
        "A key without a scope does nothing; name one, or leave the field out."
    ),
    "invalid.key_responsible": Sentence(
        "Nobody on the staff who can sign in has this id; name somebody who can."
    ),
    "invalid.key_beyond_person": Sentence(
        "Somebody of role {role} does not answer for a key of role {key}: it would do more than they may."
    ),
    "already_settled.key_responsible": Sentence(
        "Somebody answers for this key already; revoke it and issue another."
    ),
    "not_found.invitation": Sentence("This link was used, or its time is over; ask a manager for another."),
    "invalid.invitation_disabled": Sentence("Whoever is kept out gets no link; let them in again first."),
    "invalid.password_of_another": Sentence(
        "Nobody sets another's password; leave it out, and hand on the link by which they choose one."
    ),
    "forbidden.own_role": Sentence(
        "Nobody changes their own role or disables themselves; another manager does."
    ),
    "forbidden.own_invitation": Sentence(
        "Nobody is shown a link into their own account: choose a new password on its page, or ask another "
        "manager for a link."
    ),
    "not_found.key": Sentence("There is no such key."),
    "not_found.staff": Sentence("There is no such member of staff."),
    "not_found.staff_address": Sentence(
        "Nobody on the clinic's staff signs in with {email}; write their address, or create them first."
    ),
    "not_found.session": Sentence("This session is over."),
    "not_found.clinic": Sentence("There is no such clinic."),
    "precondition_failed.staff": changed_meanwhile(
        "It was changed meanwhile; read it again and change that."
    ),
    "reference_conflict.email": Sentence(
        "Somebody signs in with this address already; change that account, or use another address."
    ),
    "invalid.clinic_name": Sentence("A clinic's name has 1 to {letters} letters on one line."),
    "invalid.time_zone": Sentence(
        "This is not the name of a time zone; write one such as America/Los_Angeles."
    ),
    "already_settled.set_up": Sentence("This service is set up already; sign in."),
}
