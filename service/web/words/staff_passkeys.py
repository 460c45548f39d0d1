"""Texts on the passkeys of the staff."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "accounts.passkeys": ("Passkeys", "Llaves de acceso"),
    "accounts.passkeys_say": (
        (
            "A passkey stands in for the six digits: at sign-in after your password, and when we ask whether "
            "it is you. Your device unlocks it with your face, finger or PIN."
        ),
        (
            "Una llave de acceso sustituye a los seis números: al entrar, tras la contraseña, y cuando "
            "preguntamos si eres tú. Tu equipo la abre con tu cara, tu huella o su PIN."
        ),
    ),
    "accounts.passkey_new": ("A new passkey", "Una nueva llave de acceso"),
    "accounts.passkey_add": ("Add a passkey", "Agregar una llave de acceso"),
    "accounts.passkey_says": (
        "This device, or a key that you plug in, keeps it. Make it only on one that is yours.",
        "La guarda este equipo, o una llave que conectes. Créala solo en uno que sea tuyo.",
    ),
    "accounts.passkey_name": ("What you call it", "Cómo la llamas"),
    "accounts.passkey_name_hint": ("Such as: my phone.", "Por ejemplo: mi teléfono."),
    "accounts.passkey_make": ("Make the passkey", "Crear la llave de acceso"),
    "accounts.passkey_nameless": ("Passkey", "Llave de acceso"),
    "accounts.passkey_since": ("since {day}", "desde el {day}"),
    "accounts.passkey_used": ("last used {day}", "usada el {day}"),
    "accounts.passkey_remove": ("Remove", "Quitar"),
    "accounts.passkey_was_added": (
        "“{name}” was added on {at}. Was that not you? Remove it, change your password, tell a manager.",
        "«{name}» se agregó el {at}. Si no fuiste tú, quítala, cambia tu contraseña y avisa a la gerencia.",
    ),
    "accounts.passkey_was_removed": ("You removed “{name}” on {at}.", "Quitaste «{name}» el {at}."),
    "accounts.passkey_was_removed_by": (
        "{who} removed “{name}” on {at}.",
        "{who} quitó «{name}» el {at}.",
    ),
    "accounts.passkey_not_kept": (
        "The passkey could not be saved. Try once more, or use six digits.",
        "No se pudo guardar la llave de acceso. Intenta otra vez o usa los seis números.",
    ),
    "accounts.passkey_not_now": (
        "Your device did not let us use a passkey. Try again, or another way.",
        "Tu equipo no nos dejó usar la llave de acceso. Intenta otra vez o de otra forma.",
    ),
    "accounts.passkey_cannot": (
        "This browser cannot use passkeys.",
        "Este navegador no puede usar llaves de acceso.",
    ),
    "accounts.done.passkey_added": ("Your passkey is saved.", "Tu llave de acceso está guardada."),
    "accounts.done.passkey_removed": (
        "The passkey is removed. It opens nothing any more.",
        "La llave de acceso está quitada. Ya no abre nada.",
    ),
    "accounts.own_factor_no_digits": (
        "You sign in with a passkey. Six digits of your phone can be there beside it.",
        "Entras con una llave de acceso. Los seis números del teléfono pueden estar además.",
    ),
}
