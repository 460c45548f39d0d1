"""Texts of a participant's sign-in: codes, PIN, passkey, card and tablet."""

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
    "entry.with_code": ("Sign in with a code", "Entrar con un código"),
    "entry.pin_title": ("Sign in with your PIN", "Entra con tu PIN"),
    "entry.pin_label": ("Your PIN", "Tu PIN"),
    "entry.pin_hint": ("The 6 digits that you chose.", "Los 6 números que elegiste."),
    "entry.pin_missing": ("Type the 6 digits of your PIN.", "Escribe los 6 números de tu PIN."),
    "entry.pin_wrong": (
        "This does not match. After 5 tries your PIN rests for 10 minutes; the front desk can help at once.",
        "No coincide. Después de 5 intentos tu PIN descansa 10 minutos; en recepción te ayudan enseguida.",
    ),
    "entry.pin_unknown_device": (
        "A PIN works on a phone on which you signed in with a code before. Use a code this time.",
        "El PIN sirve en un teléfono donde ya entraste con un código. Esta vez usa un código.",
    ),
    "entry.not_my_device": ("This is not my phone", "Este no es mi teléfono"),
    "entry.key_title": ("Sign in more easily next time", "Entra más fácil la próxima vez"),
    "entry.key_text": (
        "With a PIN you need no new code on this phone. You can leave it out: a code always works.",
        "Con un PIN no necesitas otro código en este teléfono. Puedes dejarlo: un código siempre sirve.",
    ),
    "entry.key_text_kiosk": (
        "With a PIN you need no card at this tablet next time. You can leave it out.",
        "Con un PIN no necesitas tarjeta en esta tableta la próxima vez. Puedes dejarlo.",
    ),
    "entry.key_needs_card": (
        "To choose or change a PIN here, sign in with the code of a card. The front desk prints one.",
        "Para elegir o cambiar un PIN aquí, entra con el código de una tarjeta. Pídela en recepción.",
    ),
    "entry.pin_choose": ("Choose a PIN", "Elige un PIN"),
    "entry.pin_change": ("Change your PIN", "Cambia tu PIN"),
    "entry.pin_since": ("You have had one since {day}.", "Tienes uno desde el {day}."),
    "entry.pin_new": ("New PIN", "PIN nuevo"),
    "entry.pin_rule": (
        "6 digits. Not a birthday, and not a row such as 123456.",
        "6 números. Ni un cumpleaños ni una serie como 123456.",
    ),
    "entry.pin_again": ("The same PIN again", "El mismo PIN otra vez"),
    "entry.pin_save": ("Save my PIN", "Guardar mi PIN"),
    "entry.pin_saved": ("Your PIN is saved.", "Tu PIN está guardado."),
    "entry.pin_remove": ("Remove my PIN", "Quitar mi PIN"),
    "entry.pin_differs": (
        "The two PINs differ. Type the same one twice.",
        "Los dos PIN son distintos. Escribe el mismo dos veces.",
    ),
    "entry.pin_form": ("A PIN has 6 digits.", "Un PIN tiene 6 números."),
    "entry.pin_easy": (
        "Many people choose this one, so it is easy to guess. Choose another.",
        "Mucha gente elige este y es fácil de adivinar. Elige otro.",
    ),
    "entry.key_done": ("To my rewards", "A mis recompensas"),
    "entry.key_later": ("Not now", "Ahora no"),
    "entry.card_title": ("Sign-in card", "Tarjeta para entrar"),
    "entry.card_text": (
        "The code on it works once, within a day, and makes an earlier card useless. No name is on it.",
        "Su código sirve una vez, en un día, y anula la tarjeta anterior. No lleva nombre.",
    ),
    "entry.card_rests": (
        "A PIN that rests after wrong tries may be tried again at once.",
        "Un PIN que descansa después de varios intentos se puede probar de nuevo enseguida.",
    ),
    "entry.card_make": ("Make a card", "Hacer una tarjeta"),
    "entry.card_ready": ("The card is ready", "La tarjeta está lista"),
    "entry.card_once": (
        "It is shown only now: print it, or let them scan it from the screen.",
        "Solo se muestra ahora: imprímela o deja que la escaneen en la pantalla.",
    ),
    "entry.card_print": ("Print", "Imprimir"),
    "entry.card_back": ("To the front desk", "A recepción"),
    "entry.card_qr": ("QR code with the sign-in link", "Código QR con el enlace para entrar"),
    "entry.card_scan": ("Scan this with your phone's camera.", "Escanéalo con la cámara de tu teléfono."),
    "entry.card_type": (
        "Or go to {host} and type the code.",
        "O ve a {host} y escribe el código.",
    ),
    "entry.card_tablet": (
        "No phone? Use the tablet here. Your short code for it is {short}.",
        "¿Sin teléfono? Usa la tableta de aquí. Tu código corto para ella es {short}.",
    ),
    "entry.card_ends": ("Works once, until {ends}", "Sirve una vez, hasta el {ends}"),
    "entry.tablet_title": ("The clinic's tablet", "La tableta de la clínica"),
    "entry.tablet_text": (
        "Here people without a phone see their rewards. You are signed out of this device.",
        "Aquí quien no tiene teléfono ve sus recompensas. Tu sesión se cierra en este equipo.",
    ),
    "entry.tablet_make": ("Make this the tablet", "Usar este equipo como tableta"),
    "entry.tablets": ("Tablets in use", "Tabletas en uso"),
    "entry.tablets_none": (
        "There is none yet. Open this page on the tablet itself.",
        "Aún no hay ninguna. Abre esta página en la tableta misma.",
    ),
    "entry.tablet_since": ("Since {day}", "Desde el {day}"),
    "entry.tablet_seen": ("Last used: {moment}", "Último uso: {moment}"),
    "entry.tablet_end": ("End", "Terminar"),
    "entry.kiosk_title": ("Welcome", "Te damos la bienvenida"),
    "entry.kiosk_pin": ("With my PIN", "Con mi PIN"),
    "entry.kiosk_short": ("Your short code", "Tu código corto"),
    "entry.kiosk_short_hint": (
        "6 letters and numbers, such as K7Q-4MX. It is on your card, and the desk knows it.",
        "6 letras y números, como K7Q-4MX. Está en tu tarjeta y en recepción lo saben.",
    ),
    "entry.kiosk_both": ("Type your short code and your PIN.", "Escribe tu código corto y tu PIN."),
    "entry.kiosk_card": ("With my card", "Con mi tarjeta"),
    "entry.kiosk_card_hint": ("The 8 characters on your card.", "Los 8 caracteres de tu tarjeta."),
    "entry.kiosk_foot": (
        "This closes by itself after a minute without a touch.",
        "La sesión se cierra sola después de un minuto sin tocar la pantalla.",
    ),
    "entry.with_passkey": ("With my passkey", "Con mi llave de acceso"),
    "entry.passkey": ("A passkey", "Una llave de acceso"),
    "entry.passkey_says": (
        "Your phone keeps it, and you open it as you unlock your phone: nothing to remember.",
        "Tu teléfono la guarda y la abres como desbloqueas el teléfono: nada que recordar.",
    ),
    "entry.passkey_make": ("Make a passkey on this device", "Crear una llave en este equipo"),
    "entry.passkey_kept": ("Your passkey is saved.", "Tu llave de acceso está guardada."),
    "entry.passkey_not_kept": (
        "The passkey could not be saved. Try once more, or use a PIN.",
        "No se pudo guardar la llave. Intenta otra vez o usa un PIN.",
    ),
    "entry.passkey_not_now": (
        "Your device did not give a passkey. Try once more, or choose another way.",
        "Tu equipo no dio una llave. Intenta otra vez o elige otra forma.",
    ),
    "entry.passkey_cannot": (
        "This browser has no passkeys. Use a code or a PIN.",
        "Este navegador no tiene llaves de acceso. Usa un código o un PIN.",
    ),
    "entry.passkey_since": ("Passkey since {day}", "Llave desde el {day}"),
    "entry.passkey_remove": ("Remove", "Quitar"),
    "entry.passkey_title": ("Sign in with your passkey", "Entra con tu llave de acceso"),
    "entry.passkey_text": (
        "Unlock it as you unlock your phone.",
        "Ábrela como desbloqueas tu teléfono.",
    ),
    "entry.passkey_use": ("Use my passkey", "Usar mi llave"),
    "entry.passkey_unknown": (
        "This passkey opens nothing here. Sign in with a code and make a new one.",
        "Esta llave no abre nada aquí. Entra con un código y crea una nueva.",
    ),
    "entry.send_title": ("Get a code", "Recibir un código"),
    "entry.send_both": ("Your phone number or email", "Tu teléfono o correo"),
    "entry.send_mail": ("Your email", "Tu correo"),
    "entry.send_text": ("Your phone number", "Tu teléfono"),
    "entry.send_hint": ("The one that the clinic has for you.", "El que la clínica tiene de ti."),
    "entry.send_do": ("Send me a code", "Envíame un código"),
    "entry.send_missing": ("Type where the code should go.", "Escribe adónde debe ir el código."),
    "entry.send_form": (
        "This is no phone number or email. Type one, such as 619 555 0100.",
        "Esto no es un teléfono ni un correo. Escribe uno, como 619 555 0100.",
    ),
    "entry.send_never": (
        "No codes are sent from here. The front desk prints you one.",
        "Desde aquí no se envían códigos. En recepción te imprimen uno.",
    ),
    "entry.send_demo": (
        "This is a demo and sends nothing: the message is shown where the demo was started.",
        "Esto es una demostración y no envía nada: el mensaje se muestra donde se inició.",
    ),
    "entry.sent": (
        "If we know this address, a code is on its way. It works for 10 minutes.",
        "Si conocemos esta dirección, un código va en camino. Sirve por 10 minutos.",
    ),
    "entry.lost_ask": ("Did they lose their phone?", "¿Perdió su teléfono?"),
    "entry.lost_text": (
        "They are signed out everywhere, and their PIN and passkeys are forgotten. A new card lets them in.",
        "Se cierra su sesión en todas partes y se olvidan su PIN y sus llaves. Una tarjeta nueva le abre.",
    ),
    "entry.lost_do": ("Sign them out everywhere", "Cerrar su sesión en todas partes"),
    "entry.lost_done": (
        "They are signed out everywhere. Make a card so that they can come in again.",
        "Su sesión se cerró en todas partes. Haz una tarjeta para que pueda entrar de nuevo.",
    ),
}
