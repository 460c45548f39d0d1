"""What the ways in for somebody in care say: codes, PIN, passkey, card and tablet."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "entry.code_title": ("Sign in with your code", "Entra con tu código"),
    "entry.code_label": ("Your code", "Tu código"),
    "entry.code_hint": (
        "8 letters and numbers, from your card or from the message you got.",
        "8 letras y números, de tu tarjeta o del mensaje que recibiste.",
    ),
    "entry.code_missing": ("Type the 8 characters of your code.", "Escribe los 8 caracteres de tu código."),
    "entry.code_wrong": (
        "This code does not work. It may be used or too old: ask the front desk for a new one.",
        "Este código no funciona. Quizá ya se usó o venció: pide uno nuevo en recepción.",
    ),
    "entry.too_often": (
        "There were many tries from here. Wait ten minutes, or ask the front desk to help you.",
        "Hubo muchos intentos desde aquí. Espera diez minutos o pide ayuda en recepción.",
    ),
    "entry.other_ways": ("Other ways to sign in", "Otras formas de entrar"),
    "entry.scanned_title": ("Welcome", "Te damos la bienvenida"),
    "entry.scanned_text": (
        "One tap and you see what you have. The code on your card works once.",
        "Un toque y ves lo que tienes. El código de tu tarjeta sirve una vez.",
    ),
    "entry.go_on": ("Go on", "Continuar"),
}
