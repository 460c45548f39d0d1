"""Texts of signing in and of the first run."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "signin.forgot_link": "I forgot my password",
    "signin.forgot": "A new password",
    "signin.forgot_hint": "We send a link to your work email. It works once, for 30 minutes.",
    "signin.forgot_do": "Send the link",
    "signin.forgot_sent": (
        "If we know that address, a link is on its way to it. Look in your mail, and under spam too."
    ),
    "signin.forgot_never": (
        "No mail is sent from here. Ask a manager of your clinic for a link to choose a new password."
    ),
    "signin.title": "Sign in",
    "signin.with_code": "With your code",
    "signin.with_code_says": "It is on your card. The desk can print a new one.",
    "signin.code": "Your code",
    "signin.code_hint": "8 letters and numbers, like {example}.",
    "signin.enter": "Sign in",
    "signin.send": "Text or email me a code",
    "signin.staff": "Staff",
    "signin.email": "Work email",
    "signin.password": "Password",
    "signin.enter_staff": "Sign in as staff",
    "signin.say_email": "Type your work email.",
    "signin.say_password": "Type your password.",
    "signin.not_right": "That email or password is not right. After 5 wrong tries wait 10 minutes.",
    "signin.second": "One more step",
    "signin.second_says": "Type the 6 digits from your authenticator app, or one of your backup codes.",
    "signin.second_code": "6 digits or a backup code",
    "signin.second_do": "Go on",
    "signin.second_wrong": "That code is not right, or it was used. Type the next code the app shows.",
    "signin.second_passkey_says": "Use your passkey: your device asks for your face, finger or PIN.",
    "signin.second_passkey_wrong": (
        "This passkey does not work for this account. Try again, or another one."
    ),
    "signin.second_late": "You waited too long. Sign in again.",
    "signin.start_over": "Start over",
    "signin.too_often": (
        "There were too many tries from here. Wait 10 minutes, or use a device that you signed in on before."
    ),
    "signin.provider": "Sign in with your clinic's account",
    "signin.provider_state": "That sign-in was started somewhere else or too long ago. Start again.",
    "signin.provider_old": (
        "Your clinic's sign-in did not ask who you are: it knew you from before. Sign out there and return."
    ),
    "signin.provider_no": "Your clinic's sign-in did not accept you. Try again, or use your password.",
    "signin.provider_away": ("Your clinic's sign-in is not answering. Wait a moment, or use your password."),
    "signin.provider.no_role": (
        "Your clinic account has no role here yet. Ask the person who manages those accounts."
    ),
    "signin.provider.no_email": (
        "Your clinic account has no email. Ask the person who manages those accounts."
    ),
    "signin.provider.email_taken": "Someone already signs in with this email. Ask a manager.",
    "signin.provider.disabled": "This account is turned off. Ask a manager.",
    "signin.provider.no_clinic": "The clinic in OIDC_CLINIC is not here. Ask whoever runs this service.",
    "signin.set_up": "Set up your clinic",
    "signin.set_up_says": (
        "This takes two minutes. You will be the first manager. You can add the others later."
    ),
    "signin.word": "Set-up code",
    "signin.word_hint": "Copy it from the end of the address that the service printed when it started.",
    "signin.word_wrong": (
        "That is not the set-up code. Copy it from the end of the address that the service printed."
    ),
    "signin.clinic": "Name of the clinic",
    "signin.zone": "Time zone",
    "signin.zone_hint": "Days and weeks are counted in this time zone. You cannot change it later.",
    "signin.your_name": "Your name",
    "signin.set_up_do": "Set up my clinic",
    "signin.first": "First steps",
    "signin.first_says": "Choose how you begin. All of it can be changed in Manage.",
    "signin.choose_program": "Choose a program",
    "signin.choose_rewards": "Put something on the shelf",
    "signin.rewards_say": "What people can have for what they earned. Prices and stock can be changed.",
    "signin.reward.groceries": "Grocery gift card, $10",
    "signin.reward.bus": "Bus day pass",
    "signin.reward.movie": "Movie ticket",
    "signin.reward.mug": "Coffee mug",
    "signin.pieces": "{count} pieces",
    "signin.first_person": "Your first participant",
    "signin.first_person_says": "Optional. They are enrolled in the program from today on.",
    "signin.reference": "Your own reference, such as a chart number",
    "signin.first_do": "Start",
    "signin.join": "Choose your password",
    "signin.join_says": "You sign in here as {email}. Nobody else ever sees this password.",
    "signin.join_do": "Keep it and sign in",
    "signin.first_later": "Do this later",
}
