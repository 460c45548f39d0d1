"""Why somebody does not come in: codes, PINs, passkeys, passwords, keys, staff, and the first set-up."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "unauthenticated.sign_in_code": Sentence(
        "This code does not open anything: ask the front desk for a new one.",
        "Este código no funciona. Pide uno nuevo en recepción.",
    ),
    "too_many_requests.sign_in": Sentence(
        "That was tried too often from here. Wait ten minutes, or ask the front desk.",
        "Hubo muchos intentos desde aquí. Espera diez minutos o pregunta en recepción.",
    ),
    "unauthenticated.passkey": Sentence(
        "This passkey does not open anything here; sign in by a code.",
        "Esta llave de acceso no sirve aquí. Entra con un código.",
    ),
    "invalid.passkey_not_kept": Sentence(
        "The passkey could not be kept; try again, or leave it out.",
        "No se pudo guardar la llave de acceso. Intenta otra vez o sigue sin ella.",
    ),
    "unauthenticated.pin": Sentence(
        "This does not match; after five wrong tries a PIN rests.",
        "Ese PIN no es correcto. Después de cinco intentos se bloquea un rato.",
    ),
    "invalid.pin_digits": Sentence(
        "A PIN has six digits.",
        "Un PIN tiene seis números. Escríbelo completo.",
    ),
    "invalid.pin_easy": Sentence(
        "This PIN is easy to guess; choose another.",
        "Ese PIN es fácil de adivinar. Elige otro.",
    ),
    "unauthenticated.second_factor": Sentence(
        "This code is not right, or it was used before. Wait for the next one and type that.",
        "Este código no es correcto o ya se usó. Espera el siguiente y escríbelo.",
    ),
    "already_settled.second_factor": Sentence(
        "The second factor is on; turn it off first to set it up anew.",
        "El segundo factor ya está activo. Desactívalo primero para configurarlo de nuevo.",
    ),
    "unauthenticated.password": Sentence(
        "The address or the password is not right. Look at both and try again.",
        "El correo o la contraseña no son correctos. Revisa los dos e intenta de nuevo.",
    ),
    "invalid.password_short": Sentence(
        "A password has at least {letters} characters; a few words in a row make a good one.",
        "Una contraseña tiene al menos {letters} caracteres. Unas palabras seguidas hacen una buena.",
    ),
    "invalid.password_long": Sentence(
        "A password has at most {letters} characters.",
        "Una contraseña tiene como máximo {letters} caracteres. Usa una más corta.",
    ),
    "invalid.password_common": Sentence(
        "This password is among the first that are guessed; take words that do not belong together.",
        "Esta contraseña es de las primeras que se adivinan. Usa palabras que no vayan juntas.",
    ),
    "forbidden.own_key": Sentence(
        "A key does not revoke itself; issue another, and revoke this one with it.",
        "Una clave no se revoca a sí misma. Crea otra y revoca esta con ella.",
    ),
    "forbidden.own_role": Sentence(
        "Nobody changes their own role or disables themselves; another manager does.",
        "No puedes cambiar tu propia función ni desactivar tu cuenta. Pide a otra persona de la gerencia que "
        "lo haga.",
    ),
    "not_found.key": Sentence(
        "There is no such key.",
        "No existe esa clave. Elige una de la lista.",
    ),
    "not_found.staff": Sentence(
        "There is no such member of staff.",
        "No existe esa persona en el personal. Elige de la lista.",
    ),
    "not_found.session": Sentence(
        "This session is over.",
        "Esta sesión ya terminó. Vuelve a cargar la página.",
    ),
    "not_found.clinic": Sentence(
        "There is no such clinic.",
        "No existe esa clínica. Revisa su identificador.",
    ),
    "precondition_failed.staff": changed_meanwhile(
        "It was changed meanwhile; read it again and change that."
    ),
    "reference_conflict.email": Sentence(
        "Somebody signs in with this address already; change that account, or use another address.",
        "Alguien ya entra con este correo. Cambia esa cuenta o usa otro correo.",
    ),
    "invalid.clinic_name": Sentence(
        "A clinic's name has 1 to {letters} letters on one line.",
        "El nombre de una clínica tiene de 1 a {letters} letras. Escríbelo en una línea.",
    ),
    "invalid.time_zone": Sentence(
        "This is not the name of a time zone; write one such as America/Los_Angeles.",
        "Ese no es el nombre de una zona horaria. Escribe una como America/Los_Angeles.",
    ),
    "already_settled.set_up": Sentence(
        "This service is set up already; sign in.",
        "Este servicio ya está configurado. Entra con tu cuenta.",
    ),
}
