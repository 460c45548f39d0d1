"""Texts on the passkeys of the staff."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "accounts.passkeys": "Passkeys",
    "accounts.passkeys_say": (
        "A passkey stands in for the six digits: at sign-in after your password, and when we ask whether "
        "it is you. Your device unlocks it with your face, finger or PIN."
    ),
    "accounts.passkey_new": "A new passkey",
    "accounts.passkey_add": "Add a passkey",
    "accounts.passkey_says": (
        "This device, or a key that you plug in, keeps it. Make it only on one that is yours."
    ),
    "accounts.passkey_name": "What you call it",
    "accounts.passkey_name_hint": "Such as: my phone.",
    "accounts.passkey_make": "Make the passkey",
    "accounts.passkey_nameless": "Passkey",
    "accounts.passkey_since": "since {day}",
    "accounts.passkey_used": "last used {day}",
    "accounts.passkey_remove": "Remove",
    "accounts.passkey_was_added": (
        "“{name}” was added on {at}. Was that not you? Remove it, change your password, tell a manager."
    ),
    "accounts.passkey_was_removed": "You removed “{name}” on {at}.",
    "accounts.passkey_was_removed_by": "{who} removed “{name}” on {at}.",
    "accounts.passkey_not_kept": "The passkey could not be saved. Try once more, or use six digits.",
    "accounts.passkey_not_now": "Your device did not let us use a passkey. Try again, or another way.",
    "accounts.passkey_cannot": "This browser cannot use passkeys.",
    "accounts.done.passkey_added": "Your passkey is saved.",
    "accounts.done.passkey_removed": "The passkey is removed. It opens nothing any more.",
    "accounts.own_factor_no_digits": (
        "You sign in with a passkey. Six digits of your phone can be there beside it."
    ),
}
