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
        "This code does not work. It was used already, or it is too old. Ask the front desk for a new one.",
        "Este código no funciona. Ya se usó o venció. Pide uno nuevo en recepción.",
    ),
    "entry.too_often": (
        "There were too many tries. Wait 10 minutes, or ask the front desk for help.",
        "Hubo demasiados intentos. Espera 10 minutos o pide ayuda en recepción.",
    ),
    "entry.other_ways": ("Other ways to sign in", "Otras formas de entrar"),
    "entry.scanned_title": ("Welcome", "Te damos la bienvenida"),
    "entry.scanned_text": (
        "Tap the button to see your rewards. The code on your card works one time.",
        "Toca el botón para ver tus recompensas. El código de tu tarjeta sirve una vez.",
    ),
    "entry.go_on": ("See my rewards", "Ver mis recompensas"),
    "entry.with_code": ("Sign in with a code", "Entrar con un código"),
    "entry.pin_title": ("Sign in with your PIN", "Entra con tu PIN"),
    "entry.pin_label": ("Your PIN", "Tu PIN"),
    "entry.pin_hint": ("The 6 numbers you chose.", "Los 6 números que elegiste."),
    "entry.pin_missing": ("Type the 6 numbers of your PIN.", "Escribe los 6 números de tu PIN."),
    "entry.pin_wrong": (
        "That PIN is not right. After 5 wrong tries it is locked for 10 minutes. The desk can help you.",
        "Ese PIN no es correcto. Después de 5 intentos se bloquea 10 minutos. En recepción te ayudan.",
    ),
    "entry.pin_unknown_device": (
        "A PIN only works on a phone where you have signed in with a code. Sign in with a code this time.",
        "El PIN solo sirve en un teléfono donde ya entraste con un código. Esta vez entra con un código.",
    ),
    "entry.not_my_device": ("This is not my phone", "Este no es mi teléfono"),
    "entry.key_title": ("Sign in more easily next time", "Entra más fácil la próxima vez"),
    "entry.key_text": (
        "With a PIN you do not need a new code on this phone. You can skip this. A code always works.",
        "Con un PIN no necesitas otro código en este teléfono. Puedes omitir esto. Un código siempre sirve.",
    ),
    "entry.key_text_kiosk": (
        "With a PIN you do not need your card at this tablet next time. You can skip this.",
        "Con un PIN no necesitas tu tarjeta en esta tableta la próxima vez. Puedes omitir esto.",
    ),
    "entry.key_needs_card": (
        (
            "To choose or change a PIN here, first sign in with a code from a card. The front desk can "
            "print one."
        ),
        (
            "Para elegir o cambiar un PIN aquí, entra primero con el código de una tarjeta. En recepción "
            "te la imprimen."
        ),
    ),
    "entry.pin_choose": ("Choose a PIN", "Elige un PIN"),
    "entry.pin_change": ("Change your PIN", "Cambia tu PIN"),
    "entry.pin_since": ("You have had a PIN since {day}.", "Tienes un PIN desde el {day}."),
    "entry.pin_new": ("New PIN", "PIN nuevo"),
    "entry.pin_rule": (
        "6 numbers. Do not use a birthday or a row like 123456.",
        "6 números. No uses un cumpleaños ni una serie como 123456.",
    ),
    "entry.pin_again": ("Type the PIN again", "Escribe el PIN otra vez"),
    "entry.pin_save": ("Save my PIN", "Guardar mi PIN"),
    "entry.pin_saved": ("Your PIN is saved.", "Tu PIN está guardado."),
    "entry.pin_remove": ("Remove my PIN", "Quitar mi PIN"),
    "entry.pin_differs": (
        "The two PINs are not the same. Type the same PIN twice.",
        "Los dos PIN no son iguales. Escribe el mismo PIN dos veces.",
    ),
    "entry.pin_form": ("A PIN has 6 numbers.", "Un PIN tiene 6 números."),
    "entry.pin_easy": (
        "That PIN is easy to guess, because many people use it. Choose another.",
        "Ese PIN es fácil de adivinar porque mucha gente lo usa. Elige otro.",
    ),
    "entry.key_done": ("See my rewards", "Ver mis recompensas"),
    "entry.key_later": ("Not now", "Ahora no"),
    "entry.card_title": ("Sign-in card", "Tarjeta para entrar"),
    "entry.card_text": (
        (
            "The code on this card works once, within one day. It replaces any earlier card. The card "
            "shows no name."
        ),
        (
            "El código de esta tarjeta sirve una vez, en el plazo de un día. Reemplaza la tarjeta "
            "anterior. La tarjeta no lleva nombre."
        ),
    ),
    "entry.card_rests": (
        "A new card also unlocks a PIN that was locked after wrong tries.",
        "Una tarjeta nueva también desbloquea un PIN bloqueado por intentos fallidos.",
    ),
    "entry.card_make": ("Make a card", "Hacer una tarjeta"),
    "entry.card_ready": ("The card is ready", "La tarjeta está lista"),
    "entry.card_once": (
        "You can see it only now. Print it, or let them scan it from the screen.",
        "Solo se ve ahora. Imprímela o deja que la escaneen de la pantalla.",
    ),
    "entry.card_print": ("Print", "Imprimir"),
    "entry.card_back": ("To the front desk", "A recepción"),
    "entry.card_qr": ("QR code with the sign-in link", "Código QR con el enlace para entrar"),
    "entry.card_scan": ("Scan this with your phone's camera.", "Escanéalo con la cámara de tu teléfono."),
    "entry.card_type": (
        "Or go to {host} and type the code above.",
        "O ve a {host} y escribe el código de arriba.",
    ),
    "entry.card_tablet": (
        "No phone? Use the clinic's tablet. On it, your short code is {short}.",
        "¿No tienes teléfono? Usa la tableta de la clínica. En ella, tu código corto es {short}.",
    ),
    "entry.card_ends": ("Works once, until {ends}", "Sirve una vez, hasta el {ends}"),
    "entry.tablet_title": ("The clinic's tablet", "La tableta de la clínica"),
    "entry.tablet_text": (
        "People without a phone can see their rewards on this device. You will be signed out of it.",
        "Quien no tiene teléfono puede ver sus recompensas en este equipo. Tu sesión se cerrará en él.",
    ),
    "entry.tablet_make": ("Make this the tablet", "Usar este equipo como tableta"),
    "entry.tablets": ("Tablets in use", "Tabletas en uso"),
    "entry.tablets_none": (
        "There is none yet. Open this page on the tablet itself.",
        "Aún no hay ninguna. Abre esta página en la tableta misma.",
    ),
    "entry.tablet_since": ("Since {day}", "Desde el {day}"),
    "entry.tablet_seen": ("Last used: {moment}", "Último uso: {moment}"),
    "entry.tablet_of": ("made by {name}", "la puso {name}"),
    "entry.tablet_end": ("End", "Terminar"),
    "entry.kiosk_title": ("Welcome", "Te damos la bienvenida"),
    "entry.kiosk_pin": ("With my PIN", "Con mi PIN"),
    "entry.kiosk_short": ("Your short code", "Tu código corto"),
    "entry.kiosk_short_hint": (
        "6 letters and numbers, such as K7Q-4MX. It is on your card. The front desk can tell you, too.",
        "6 letras y números, como K7Q-4MX. Está en tu tarjeta. En recepción también te lo dicen.",
    ),
    "entry.kiosk_both": ("Type your short code and your PIN.", "Escribe tu código corto y tu PIN."),
    "entry.kiosk_card": ("With my card", "Con mi tarjeta"),
    "entry.kiosk_card_hint": ("The 8 characters on your card.", "Los 8 caracteres de tu tarjeta."),
    "entry.kiosk_foot": (
        "For your privacy, this closes after one minute if nobody touches the screen.",
        "Por tu privacidad, esto se cierra si nadie toca la pantalla en un minuto.",
    ),
    "entry.with_passkey": ("With my passkey", "Con mi llave de acceso"),
    "entry.passkey": ("A passkey", "Una llave de acceso"),
    "entry.passkey_says": (
        (
            "Your phone keeps the passkey. You unlock it like your phone, with your face, finger or PIN. "
            "There is nothing to remember."
        ),
        (
            "Tu teléfono guarda la llave de acceso. La usas igual que desbloqueas el teléfono: con la "
            "cara, el dedo o el PIN. No hay nada que recordar."
        ),
    ),
    "entry.passkey_make": ("Make a passkey on this device", "Crear una llave de acceso en este equipo"),
    "entry.passkey_kept": ("Your passkey is saved.", "Tu llave de acceso está guardada."),
    "entry.passkey_not_kept": (
        "The passkey could not be saved. Try once more, or use a PIN.",
        "No se pudo guardar la llave de acceso. Intenta otra vez o usa un PIN.",
    ),
    "entry.passkey_not_now": (
        "Your device did not let us use a passkey. Try again, or sign in another way.",
        "Tu equipo no permitió usar la llave de acceso. Intenta otra vez o entra de otra forma.",
    ),
    "entry.passkey_cannot": (
        "This browser cannot use passkeys. Use a code or a PIN.",
        "Este navegador no admite llaves de acceso. Usa un código o un PIN.",
    ),
    "entry.passkey_since": ("Passkey since {day}", "Llave de acceso desde el {day}"),
    "entry.passkey_remove": ("Remove", "Quitar"),
    "entry.passkey_title": ("Sign in with your passkey", "Entra con tu llave de acceso"),
    "entry.passkey_text": (
        "Unlock it like your phone: with your face, finger or PIN.",
        "Ábrela igual que tu teléfono: con la cara, el dedo o el PIN.",
    ),
    "entry.passkey_use": ("Use my passkey", "Usar mi llave de acceso"),
    "entry.passkey_unknown": (
        "This passkey does not work here. Sign in with a code, then make a new passkey.",
        "Esta llave de acceso no sirve aquí. Entra con un código y crea una nueva.",
    ),
    "entry.send_title": ("Get a code", "Recibir un código"),
    "entry.send_both": ("Your phone number or email", "Tu teléfono o correo"),
    "entry.send_mail": ("Your email", "Tu correo"),
    "entry.send_text": ("Your phone number", "Tu teléfono"),
    "entry.send_hint": ("Use the one you gave the clinic.", "Usa el que le diste a la clínica."),
    "entry.send_do": ("Send me a code", "Envíame un código"),
    "entry.send_missing": ("Type your phone number or email.", "Escribe tu teléfono o tu correo."),
    "entry.send_form": (
        "That is not a phone number or email. Type it like 619 555 0100 or ana@mail.com.",
        "Eso no es un teléfono ni un correo. Escríbelo como 619 555 0100 o ana@mail.com.",
    ),
    "entry.send_never": (
        "We do not send codes from here. Ask the front desk to print one.",
        "Desde aquí no enviamos códigos. Pide en recepción que te impriman uno.",
    ),
    "entry.send_demo": (
        "This is a demo. It does not send anything. You can see the message where you started the demo.",
        "Esto es una demostración y no envía nada. El mensaje aparece donde la iniciaste.",
    ),
    "entry.sent": (
        (
            "If we have this phone number or email, a code is on its way. It works for 10 minutes. If "
            "nothing comes, ask the front desk."
        ),
        (
            "Si tenemos este teléfono o correo, el código va en camino. Sirve 10 minutos. Si no llega, "
            "pregunta en recepción."
        ),
    ),
    "entry.lost_ask": ("Did they lose their phone?", "¿Perdió su teléfono?"),
    "entry.lost_text": (
        (
            "This signs them out everywhere and removes their PIN and passkeys. They can sign in again "
            "with a new card."
        ),
        (
            "Esto cierra su sesión en todas partes y borra su PIN y sus llaves de acceso. Podrá entrar "
            "con una tarjeta nueva."
        ),
    ),
    "entry.lost_do": ("Sign them out everywhere", "Cerrar su sesión en todas partes"),
    "entry.lost_done": (
        "They are signed out everywhere. Make a card so they can sign in again.",
        "Su sesión se cerró en todas partes. Haz una tarjeta para que pueda entrar de nuevo.",
    ),
}
