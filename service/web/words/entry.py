"""Texts of a participant's sign-in: codes, PIN, passkey, card and tablet."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "entry.code_title": "Sign in with your code",
    "entry.code_label": "Your code",
    "entry.code_hint": "8 letters and numbers, from your card or from the message you got.",
    "entry.code_missing": "Type the 8 characters of your code.",
    "entry.code_wrong": (
        "This code does not work. It was used already, or it is too old. Ask the front desk for a new one."
    ),
    "entry.too_often": "There were too many tries. Wait 10 minutes, or ask the front desk for help.",
    "entry.other_ways": "Other ways to sign in",
    "entry.scanned_title": "Welcome",
    "entry.scanned_text": "Tap the button to see your rewards. The code on your card works one time.",
    "entry.go_on": "See my rewards",
    "entry.with_code": "Sign in with a code",
    "entry.pin_title": "Sign in with your PIN",
    "entry.pin_label": "Your PIN",
    "entry.pin_hint": "The 6 numbers you chose.",
    "entry.pin_missing": "Type the 6 numbers of your PIN.",
    "entry.pin_wrong": (
        "That PIN is not right. After 5 wrong tries it is locked for 10 minutes. The desk can help you."
    ),
    "entry.pin_unknown_device": (
        "A PIN only works on a phone where you have signed in with a code. Sign in with a code this time."
    ),
    "entry.not_my_device": "This is not my phone",
    "entry.key_title": "Sign in more easily next time",
    "entry.key_text": (
        "With a PIN you do not need a new code on this phone. You can skip this. A code always works."
    ),
    "entry.key_text_kiosk": (
        "With a PIN you do not need your card at this tablet next time. You can skip this."
    ),
    "entry.key_needs_card": (
        "To choose or change a PIN here, first sign in with a code from a card. The front desk can print one."
    ),
    "entry.pin_choose": "Choose a PIN",
    "entry.pin_change": "Change your PIN",
    "entry.pin_since": "You have had a PIN since {day}.",
    "entry.pin_new": "New PIN",
    "entry.pin_rule": "6 numbers. Do not use a birthday or a row like 123456.",
    "entry.pin_again": "Type the PIN again",
    "entry.pin_save": "Save my PIN",
    "entry.pin_saved": "Your PIN is saved.",
    "entry.pin_remove": "Remove my PIN",
    "entry.pin_differs": "The two PINs are not the same. Type the same PIN twice.",
    "entry.pin_form": "A PIN has 6 numbers.",
    "entry.pin_easy": "That PIN is easy to guess, because many people use it. Choose another.",
    "entry.key_done": "See my rewards",
    "entry.key_later": "Not now",
    "entry.card_title": "Sign-in card",
    "entry.card_text": (
        "The code on this card works once, within one day. It replaces any earlier card. The card "
        "shows no name."
    ),
    "entry.card_rests": "A new card also unlocks a PIN that was locked after wrong tries.",
    "entry.card_make": "Make a card",
    "entry.card_ready": "The card is ready",
    "entry.card_once": "You can see it only now. Print it, or let them scan it from the screen.",
    "entry.card_print": "Print",
    "entry.card_back": "To the front desk",
    "entry.card_qr": "QR code with the sign-in link",
    "entry.card_scan": "Scan this with your phone's camera.",
    "entry.card_type": "Or go to {host} and type the code above.",
    "entry.card_tablet": "No phone? Use the clinic's tablet. On it, your short code is {short}.",
    "entry.card_ends": "Works once, until {ends}",
    "entry.tablet_title": "The clinic's tablet",
    "entry.tablet_text": (
        "People without a phone can see their rewards on this device. You will be signed out of it."
    ),
    "entry.tablet_make": "Make this the tablet",
    "entry.tablets": "Tablets in use",
    "entry.tablets_none": "There is none yet. Open this page on the tablet itself.",
    "entry.tablet_since": "Since {day}",
    "entry.tablet_seen": "Last used: {moment}",
    "entry.tablet_of": "made by {name}",
    "entry.tablet_end": "End",
    "entry.kiosk_title": "Welcome",
    "entry.kiosk_pin": "With my PIN",
    "entry.kiosk_short": "Your short code",
    "entry.kiosk_short_hint": (
        "6 letters and numbers, such as K7Q-4MX. It is on your card. The front desk can tell you, too."
    ),
    "entry.kiosk_both": "Type your short code and your PIN.",
    "entry.kiosk_card": "With my card",
    "entry.kiosk_card_hint": "The 8 characters on your card.",
    "entry.kiosk_foot": "For your privacy, this closes after one minute if nobody touches the screen.",
    "entry.with_passkey": "With my passkey",
    "entry.passkey": "A passkey",
    "entry.passkey_says": (
        "Your phone keeps the passkey. You unlock it like your phone, with your face, finger or PIN. "
        "There is nothing to remember."
    ),
    "entry.passkey_make": "Make a passkey on this device",
    "entry.passkey_kept": "Your passkey is saved.",
    "entry.passkey_not_kept": "The passkey could not be saved. Try once more, or use a PIN.",
    "entry.passkey_not_now": ("Your device did not let us use a passkey. Try again, or sign in another way."),
    "entry.passkey_cannot": "This browser cannot use passkeys. Use a code or a PIN.",
    "entry.passkey_since": "Passkey since {day}",
    "entry.passkey_remove": "Remove",
    "entry.passkey_title": "Sign in with your passkey",
    "entry.passkey_text": "Unlock it like your phone: with your face, finger or PIN.",
    "entry.passkey_use": "Use my passkey",
    "entry.passkey_unknown": (
        "This passkey does not work here. Sign in with a code, then make a new passkey."
    ),
    "entry.send_title": "Get a code",
    "entry.send_both": "Your phone number or email",
    "entry.send_mail": "Your email",
    "entry.send_text": "Your phone number",
    "entry.send_hint": "Use the one you gave the clinic.",
    "entry.send_do": "Send me a code",
    "entry.send_missing": "Type your phone number or email.",
    "entry.send_form": "That is not a phone number or email. Type it like 619 555 0100 or ana@mail.com.",
    "entry.send_never": "We do not send codes from here. Ask the front desk to print one.",
    "entry.send_demo": (
        "This is a demo. It does not send anything. You can see the message where you started the demo."
    ),
    "entry.sent": (
        "If we have this phone number or email, a code is on its way. It works for 10 minutes. If "
        "nothing comes, ask the front desk."
    ),
    "entry.lost_ask": "Did they lose their phone?",
    "entry.lost_text": (
        "This signs them out everywhere and removes their PIN and passkeys. They can sign in again "
        "with a new card."
    ),
    "entry.lost_do": "Sign them out everywhere",
    "entry.lost_done": "They are signed out everywhere. Make a card so they can sign in again.",
}
