"""Texts of the pages of staff, keys and one's own account."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "accounts.phone": "Your team's phone",
    "accounts.phone_why": "People see it on their own page after a visit without a reward, to call you.",
    "accounts.phone_label": "Phone number (optional)",
    "accounts.lead": "Who signs in here, and which programs connect with a key.",
    "accounts.people": "Staff",
    "accounts.add": "Add somebody",
    "accounts.add_do": "Add and make the link",
    "accounts.email": "Work email",
    "accounts.email_hint": "They sign in with it.",
    "accounts.own_email_hint": "You sign in with it.",
    "accounts.name": "Name",
    "accounts.role": "Role",
    "accounts.role_hint": (
        "Front desk records and gives rewards. Clinician also corrects and excuses. Manager also "
        "runs programs, the shelf and the staff. Auditor only reads."
    ),
    "accounts.role.front_desk": "Front desk",
    "accounts.role.clinician": "Clinician",
    "accounts.role.manager": "Manager",
    "accounts.role.auditor": "Auditor",
    "accounts.role.integration": "Integration (a program)",
    "accounts.disabled": "Disabled",
    "accounts.with_factor": "Two-step sign-in",
    "accounts.you": "You",
    "accounts.added": "{email} is on the staff",
    "accounts.once": (
        "Hand it on now: it is shown only this once, works once, and until {until}. They choose "
        "their password by it."
    ),
    "accounts.one_with_you": (
        "Since you can read this link, you two do not approve each other's proposals. A link that "
        "goes by mail has no such effect."
    ),
    "accounts.mailed": (
        "A link to choose a password is on its way to them by mail. It works once, until {until}."
    ),
    "accounts.link": "Link",
    "accounts.factor": "Two-step sign-in for everyone",
    "accounts.factor_on": (
        "Everybody on the staff types six digits from their phone when they sign in. Whoever has "
        "none yet sets it up at the next sign-in."
    ),
    "accounts.factor_off": (
        "A password is enough to sign in. Ask for six digits from a phone too, and a stolen password "
        "opens nothing."
    ),
    "accounts.factor_require": "Ask everyone for two steps",
    "accounts.factor_relax": "Let each person choose",
    "accounts.keys": "Keys",
    "accounts.tablets_lead": (
        "A tablet ends when the account of whoever made it ends. A colleague makes it the tablet again."
    ),
    "accounts.smart": "Programs that read FHIR by tokens",
    "accounts.smart_lead": (
        "Record systems that show who they are by a signature (SMART Backend Services). Each is given tokens "
        "for minutes, and they open what is ticked below and nothing else."
    ),
    "accounts.smart_all": "Registered",
    "accounts.smart_none": "No program is registered.",
    "accounts.smart_made": "Registered. Give them this name of theirs:",
    "accounts.smart_client_id": "Client id",
    "accounts.smart_keys_at": "Public keys:",
    "accounts.smart_keys_here": "Public keys are kept here",
    "accounts.smart_end": "Turn off",
    "accounts.smart_add": "Register a program",
    "accounts.smart_jwks_url": "Address of its public keys",
    "accounts.smart_jwks_url_hint": "Beginning with https://; or leave it empty, and paste the keys below.",
    "accounts.smart_jwks": "Its public keys (JWKS)",
    "accounts.smart_scopes": "What it may read",
    "accounts.keys_lead": "For programs that record events or read, each with one role.",
    "accounts.keys_none": "No keys yet. Issue one when another program should reach this service.",
    "accounts.key_label": "What it is for",
    "accounts.key_issue": "Issue a key",
    "accounts.key_issued": "The new key",
    "accounts.key_once": "Copy it now: it is shown only this once.",
    "accounts.key_revoke": "Revoke",
    "accounts.key_revoked": "Revoked {day}",
    "accounts.key_until": "until {day}",
    "accounts.key_of": "{who} answers for it",
    "accounts.key_of_nobody": "Nobody answers for it: what it proposes is approved by nobody",
    "accounts.key_responsible": "Who answers for it",
    "accounts.key_ends": "Last day",
    "accounts.key_ends_hint": "A year from now where left empty.",
    "accounts.key_since": "Issued {day}",
    "accounts.key_may": "What it may do",
    "accounts.key_may_hint": "Its role is the limit in any case.",
    "accounts.key_may.all": "Everything that its role may",
    "accounts.key_may.chosen": "Only what is ticked here",
    "accounts.key_may_only": "May only: {what}",
    "accounts.scope.people.read": "see people",
    "accounts.scope.people.write": "add and change people",
    "accounts.scope.events.read": "see visits",
    "accounts.scope.events.write": "record visits",
    "accounts.scope.money.read": "see balances",
    "accounts.scope.money.write": "propose and set amounts",
    "accounts.scope.shelf.read": "see rewards and requests",
    "accounts.scope.shelf.write": "give rewards and draw",
    "accounts.scope.programs.read": "see programs",
    "accounts.scope.programs.write": "publish programs",
    "accounts.scope.notices.read": "see what is sent",
    "accounts.scope.notices.write": "send again",
    "accounts.scope.secrets.write": "change addresses and secrets",
    "accounts.scope.access.read": "see staff and keys",
    "accounts.scope.access.write": "change staff and keys",
    "accounts.scope.audit.read": "read the audit trail",
    "accounts.key_nameless": "A key without a name",
    "accounts.since": "Since {day}",
    "accounts.change": "Name and role",
    "accounts.not_own_role": (
        "You cannot change your own role or turn off your own account. Another manager can."
    ),
    "accounts.role_ends": "With a new role they are signed out and must sign in again.",
    "accounts.reset": "Let them choose a new password",
    "accounts.reset_says": (
        "For somebody who forgot theirs. The one they have ends, and they are signed out everywhere."
    ),
    "accounts.reset_done": "{email} chooses a new password",
    "accounts.disable": "Disable this account",
    "accounts.disable_says": (
        "They are signed out at once and cannot sign in. What they did stays on record."
    ),
    "accounts.enable": "Let them sign in again",
    "accounts.enable_says": "This account is disabled since {day}.",
    "accounts.factor_end": "Turn off their two-step sign-in",
    "accounts.factor_end_says": "For someone who lost their phone and their backup codes.",
    "accounts.sessions": "Signed in",
    "accounts.sessions_none": "Not signed in anywhere.",
    "accounts.session_here": "This browser",
    "accounts.session_seen": "Last used {when}",
    "accounts.session_began": "signed in {when}",
    "accounts.session_end": "Sign out there",
    "accounts.agent_unknown": "A browser that does not say its name",
    "accounts.done.changed": "Saved.",
    "accounts.done.disabled": "Disabled, and signed out everywhere.",
    "accounts.done.enabled": "They can sign in again.",
    "accounts.done.factor_ended": "Two-step sign-in is off.",
    "accounts.done.signed_out": "Signed out there.",
    "accounts.done.password": "Your password is changed, and you are signed out everywhere else.",
    "accounts.done.language": "Saved.",
    "accounts.done.shortcuts": "Saved.",
    "accounts.shortcuts": "Keys at the front desk",
    "accounts.shortcuts_on": "A row's number opens the person, and the letter on a button records it.",
    "accounts.shortcuts_off": (
        "Letters and digits do nothing at the front desk. Everything works by Tab, Enter and the mouse."
    ),
    "accounts.shortcuts_stop": "Switch these keys off",
    "accounts.shortcuts_start": "Switch these keys on",
    "accounts.done.first": ("Welcome. The password you used was given to you: choose one of your own below."),
    "accounts.own": "Your account",
    "accounts.own_password": "Your password",
    "accounts.password_hint": (
        "At least 12 characters. A few words that do not belong together are easy to remember and "
        "hard to guess."
    ),
    "accounts.old": "Current password",
    "accounts.new": "New password",
    "accounts.again": "Type the new password again",
    "accounts.old_wrong": "That is not your current password.",
    "accounts.same_wrong": "This is the password you have now. Choose another one.",
    "accounts.again_wrong": "The two are not the same. Type the new password twice.",
    "accounts.password_do": "Change the password",
    "accounts.language": "Language",
    "accounts.language_do": "Save the language",
    "accounts.own_factor": "Two-step sign-in",
    "accounts.own_factor_off": (
        "Six digits from an app on your phone, typed after the password. A stolen password alone "
        "then opens nothing."
    ),
    "accounts.own_factor_on": "On since {day}.",
    "accounts.own_factor_needed": "Your clinic asks everyone for it.",
    "accounts.own_factor_begin": "Set it up",
    "accounts.own_factor_end": "Turn it off",
    "accounts.codes_renew": "Make new backup codes",
    "accounts.enroll": "Set up two-step sign-in",
    "accounts.enroll_scan": "Open an authenticator app on your phone and scan this. Any such app works.",
    "accounts.enroll_qr": "QR code for the app; the same as text is below.",
    "accounts.enroll_text": "Or type this into the app",
    "accounts.enroll_code": "The six digits that the app shows",
    "accounts.enroll_do": "Turn it on",
    "accounts.enroll_asked": ("Your clinic asks everyone for two-step sign-in. It takes one minute, once."),
    "accounts.rescue": "Your backup codes",
    "accounts.rescue_says": (
        "Each opens your account once if you lose your phone. Print this page or copy them to a safe "
        "place: they are shown only this once."
    ),
    "accounts.rescue_done": "I saved them",
}
