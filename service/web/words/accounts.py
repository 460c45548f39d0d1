"""Texts of the pages of staff, keys and one's own account."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "accounts.phone": ("Your team's phone", "Teléfono del equipo"),
    "accounts.phone_why": (
        "People see it on their own page after a visit without a reward, to call you.",
        "Lo ven en su página después de una visita sin recompensa, para llamarte.",
    ),
    "accounts.phone_label": ("Phone number (optional)", "Número de teléfono (opcional)"),
    "accounts.lead": (
        "Who signs in here, and which programs connect with a key.",
        "Quién entra aquí y qué programas se conectan con una clave.",
    ),
    "accounts.people": ("Staff", "Personal"),
    "accounts.add": ("Add somebody", "Agregar a alguien"),
    "accounts.add_do": ("Add and make the link", "Agregar y crear el enlace"),
    "accounts.email": ("Work email", "Correo del trabajo"),
    "accounts.email_hint": ("They sign in with it.", "Entra con este correo."),
    "accounts.own_email_hint": ("You sign in with it.", "Entras con este correo."),
    "accounts.name": ("Name", "Nombre"),
    "accounts.role": ("Role", "Función"),
    "accounts.role_hint": (
        (
            "Front desk records and gives rewards. Clinician also corrects and excuses. Manager also "
            "runs programs, the shelf and the staff. Auditor only reads."
        ),
        (
            "Recepción registra y entrega premios. Clínica también corrige y justifica. Gestión también "
            "lleva programas, el estante y el personal. Auditoría solo lee."
        ),
    ),
    "accounts.role.front_desk": ("Front desk", "Recepción"),
    "accounts.role.clinician": ("Clinician", "Clínica"),
    "accounts.role.manager": ("Manager", "Gerencia"),
    "accounts.role.auditor": ("Auditor", "Auditoría"),
    "accounts.role.integration": ("Integration (a program)", "Integración (un programa)"),
    "accounts.disabled": ("Disabled", "Desactivada"),
    "accounts.with_factor": ("Two-step sign-in", "Verificación en dos pasos"),
    "accounts.you": ("You", "Tú"),
    "accounts.added": ("{email} is on the staff", "{email} ya está en el personal"),
    "accounts.once": (
        (
            "Hand it on now: it is shown only this once, works once, and until {until}. They choose "
            "their password by it."
        ),
        (
            "Entrégalo ahora: solo se muestra esta vez y sirve una vez, hasta {until}. Con él eligen su "
            "contraseña."
        ),
    ),
    "accounts.one_with_you": (
        (
            "Since you can read this link, you two do not approve each other's proposals. A link that "
            "goes by mail has no such effect."
        ),
        (
            "Como puedes leer este enlace, tú y esa persona no aprueban sus propuestas entre sí. Por "
            "correo no pasa eso."
        ),
    ),
    "accounts.mailed": (
        "A link to choose a password is on its way to them by mail. It works once, until {until}.",
        "Un enlace para elegir contraseña va en camino por correo. Sirve una vez, hasta {until}.",
    ),
    "accounts.link": ("Link", "Enlace"),
    "accounts.factor": ("Two-step sign-in for everyone", "Verificación en dos pasos para todo el personal"),
    "accounts.factor_on": (
        (
            "Everybody on the staff types six digits from their phone when they sign in. Whoever has "
            "none yet sets it up at the next sign-in."
        ),
        (
            "Todo el personal escribe seis dígitos de su teléfono al entrar. Quien aún no los tiene los "
            "configura la próxima vez que entre."
        ),
    ),
    "accounts.factor_off": (
        (
            "A password is enough to sign in. Ask for six digits from a phone too, and a stolen password "
            "opens nothing."
        ),
        (
            "Basta una contraseña para entrar. Si pides también seis dígitos del teléfono, una "
            "contraseña robada no abre nada."
        ),
    ),
    "accounts.factor_require": ("Ask everyone for two steps", "Pedir dos pasos a todo el personal"),
    "accounts.factor_relax": ("Let each person choose", "Que cada quien elija"),
    "accounts.keys": ("Keys", "Claves"),
    "accounts.tablets_lead": (
        "A tablet ends when the account of whoever made it ends. A colleague makes it the tablet again.",
        "Una tableta termina con la cuenta de quien la puso. Otra persona del equipo puede volver a ponerla.",
    ),
    "accounts.keys_lead": (
        "For programs that record events or read, each with one role.",
        "Para programas que registran o leen, cada uno con una función.",
    ),
    "accounts.keys_none": (
        "No keys yet. Issue one when another program should reach this service.",
        "Aún no hay claves. Crea una cuando otro programa deba conectarse.",
    ),
    "accounts.key_label": ("What it is for", "Para qué es"),
    "accounts.key_issue": ("Issue a key", "Crear una clave"),
    "accounts.key_issued": ("The new key", "La clave nueva"),
    "accounts.key_once": (
        "Copy it now: it is shown only this once.",
        "Cópiala ahora: solo se muestra esta vez.",
    ),
    "accounts.key_revoke": ("Revoke", "Revocar"),
    "accounts.key_revoked": ("Revoked {day}", "Revocada: {day}"),
    "accounts.key_until": ("until {day}", "hasta el {day}"),
    "accounts.key_of": ("{who} answers for it", "Responde {who}"),
    "accounts.key_of_nobody": (
        "Nobody answers for it: what it proposes is approved by nobody",
        "Nadie responde por ella: nadie aprueba lo que propone",
    ),
    "accounts.key_responsible": ("Who answers for it", "Quién responde por ella"),
    "accounts.key_ends": ("Last day", "Último día"),
    "accounts.key_ends_hint": ("A year from now where left empty.", "Dentro de un año si queda vacío."),
    "accounts.key_since": ("Issued {day}", "Creada: {day}"),
    "accounts.key_may": ("What it may do", "Qué puede hacer"),
    "accounts.key_may_hint": (
        "Its role is the limit in any case.",
        "Su función es siempre el límite.",
    ),
    "accounts.key_may.all": ("Everything that its role may", "Todo lo que puede su función"),
    "accounts.key_may.chosen": ("Only what is ticked here", "Solo lo que marques aquí"),
    "accounts.key_may_only": ("May only: {what}", "Solo puede: {what}"),
    "accounts.scope.people.read": ("see people", "ver personas"),
    "accounts.scope.people.write": ("add and change people", "agregar y cambiar personas"),
    "accounts.scope.events.read": ("see visits", "ver visitas"),
    "accounts.scope.events.write": ("record visits", "registrar visitas"),
    "accounts.scope.money.read": ("see balances", "ver saldos"),
    "accounts.scope.money.write": ("propose and set amounts", "proponer y fijar montos"),
    "accounts.scope.shelf.read": ("see rewards and requests", "ver recompensas y solicitudes"),
    "accounts.scope.shelf.write": ("give rewards and draw", "dar recompensas y sortear"),
    "accounts.scope.programs.read": ("see programs", "ver programas"),
    "accounts.scope.programs.write": ("publish programs", "publicar programas"),
    "accounts.scope.notices.read": ("see what is sent", "ver lo que se envía"),
    "accounts.scope.notices.write": ("send again", "enviar de nuevo"),
    "accounts.scope.secrets.write": ("change addresses and secrets", "cambiar direcciones y secretos"),
    "accounts.scope.access.read": ("see staff and keys", "ver personal y claves"),
    "accounts.scope.access.write": ("change staff and keys", "cambiar personal y claves"),
    "accounts.scope.audit.read": ("read the audit trail", "leer el registro de auditoría"),
    "accounts.key_nameless": ("A key without a name", "Una clave sin nombre"),
    "accounts.since": ("Since {day}", "Desde {day}"),
    "accounts.change": ("Name and role", "Nombre y función"),
    "accounts.not_own_role": (
        "You cannot change your own role or turn off your own account. Another manager can.",
        "No puedes cambiar tu función ni desactivar tu cuenta. Otra persona de la gerencia puede.",
    ),
    "accounts.role_ends": (
        "With a new role they are signed out and must sign in again.",
        "Con otra función se cierra su sesión y vuelve a entrar.",
    ),
    "accounts.reset": ("Let them choose a new password", "Que elija otra contraseña"),
    "accounts.reset_says": (
        "For somebody who forgot theirs. The one they have ends, and they are signed out everywhere.",
        "Para quien olvidó la suya. La que tiene deja de servir y se cierra su sesión en todas partes.",
    ),
    "accounts.reset_done": ("{email} chooses a new password", "{email} elige otra contraseña"),
    "accounts.disable": ("Disable this account", "Desactivar esta cuenta"),
    "accounts.disable_says": (
        "They are signed out at once and cannot sign in. What they did stays on record.",
        "Se cierra su sesión enseguida y no puede entrar. Lo que hizo queda registrado.",
    ),
    "accounts.enable": ("Let them sign in again", "Permitir que entre de nuevo"),
    "accounts.enable_says": (
        "This account is disabled since {day}.",
        "Esta cuenta está desactivada desde {day}.",
    ),
    "accounts.factor_end": ("Turn off their two-step sign-in", "Desactivar su verificación en dos pasos"),
    "accounts.factor_end_says": (
        "For someone who lost their phone and their backup codes.",
        "Para quien perdió el teléfono y los códigos de respaldo.",
    ),
    "accounts.sessions": ("Signed in", "Sesiones abiertas"),
    "accounts.sessions_none": ("Not signed in anywhere.", "No tiene sesiones abiertas."),
    "accounts.session_here": ("This browser", "Este navegador"),
    "accounts.session_seen": ("Last used {when}", "Último uso: {when}"),
    "accounts.session_began": ("signed in {when}", "entró: {when}"),
    "accounts.session_end": ("Sign out there", "Cerrar allí"),
    "accounts.agent_unknown": ("A browser that does not say its name", "Un navegador que no dice su nombre"),
    "accounts.done.changed": ("Saved.", "Guardado."),
    "accounts.done.disabled": (
        "Disabled, and signed out everywhere.",
        "Desactivada y sin sesiones abiertas.",
    ),
    "accounts.done.enabled": ("They can sign in again.", "Ya puede entrar de nuevo."),
    "accounts.done.factor_ended": (
        "Two-step sign-in is off.",
        "La verificación en dos pasos está desactivada.",
    ),
    "accounts.done.signed_out": ("Signed out there.", "Sesión cerrada."),
    "accounts.done.password": (
        "Your password is changed, and you are signed out everywhere else.",
        "Tu contraseña cambió y se cerraron tus otras sesiones.",
    ),
    "accounts.done.language": ("Saved.", "Guardado."),
    "accounts.done.shortcuts": ("Saved.", "Guardado."),
    "accounts.shortcuts": ("Keys at the front desk", "Teclas en recepción"),
    "accounts.shortcuts_on": (
        "A row's number opens the person, and the letter on a button records it.",
        "El número de la fila abre a la persona, y la letra de un botón lo registra.",
    ),
    "accounts.shortcuts_off": (
        "Letters and digits do nothing at the front desk. Everything works by Tab, Enter and the mouse.",
        "Las letras y los números no hacen nada en recepción. Todo funciona con Tab, Intro y el ratón.",
    ),
    "accounts.shortcuts_stop": ("Switch these keys off", "Desactivar estas teclas"),
    "accounts.shortcuts_start": ("Switch these keys on", "Activar estas teclas"),
    "accounts.done.first": (
        "Welcome. The password you used was given to you: choose one of your own below.",
        "Te damos la bienvenida. La contraseña que usaste te la dieron: elige una propia abajo.",
    ),
    "accounts.own": ("Your account", "Tu cuenta"),
    "accounts.own_password": ("Your password", "Tu contraseña"),
    "accounts.password_hint": (
        (
            "At least 12 characters. A few words that do not belong together are easy to remember and "
            "hard to guess."
        ),
        (
            "Al menos 12 caracteres. Unas palabras que no van juntas son fáciles de recordar y difíciles "
            "de adivinar."
        ),
    ),
    "accounts.old": ("Current password", "Contraseña actual"),
    "accounts.new": ("New password", "Contraseña nueva"),
    "accounts.again": ("Type the new password again", "Escribe otra vez la contraseña nueva"),
    "accounts.old_wrong": ("That is not your current password.", "Esta no es tu contraseña actual."),
    "accounts.same_wrong": (
        "This is the password you have now. Choose another one.",
        "Esta es la contraseña que ya tienes. Elige otra.",
    ),
    "accounts.again_wrong": (
        "The two are not the same. Type the new password twice.",
        "No son iguales. Escribe la contraseña nueva dos veces.",
    ),
    "accounts.password_do": ("Change the password", "Cambiar la contraseña"),
    "accounts.language": ("Language", "Idioma"),
    "accounts.language_do": ("Save the language", "Guardar el idioma"),
    "accounts.own_factor": ("Two-step sign-in", "Verificación en dos pasos"),
    "accounts.own_factor_off": (
        (
            "Six digits from an app on your phone, typed after the password. A stolen password alone "
            "then opens nothing."
        ),
        (
            "Seis dígitos de una app de tu teléfono, después de la contraseña. Así una contraseña robada "
            "no abre nada."
        ),
    ),
    "accounts.own_factor_on": ("On since {day}.", "Activo desde {day}."),
    "accounts.own_factor_needed": (
        "Your clinic asks everyone for it.",
        "Tu clínica la pide a todo el personal.",
    ),
    "accounts.own_factor_begin": ("Set it up", "Configurarlo"),
    "accounts.own_factor_end": ("Turn it off", "Desactivarlo"),
    "accounts.codes_renew": ("Make new backup codes", "Crear códigos de respaldo nuevos"),
    "accounts.enroll": ("Set up two-step sign-in", "Configurar la verificación en dos pasos"),
    "accounts.enroll_scan": (
        "Open an authenticator app on your phone and scan this. Any such app works.",
        "Abre una app de autenticación en tu teléfono y escanea esto. Sirve cualquiera.",
    ),
    "accounts.enroll_qr": (
        "QR code for the app; the same as text is below.",
        "Código QR para la app; abajo está como texto.",
    ),
    "accounts.enroll_text": ("Or type this into the app", "O escribe esto en la app"),
    "accounts.enroll_code": ("The six digits that the app shows", "Los seis dígitos que muestra la app"),
    "accounts.enroll_do": ("Turn it on", "Activarlo"),
    "accounts.enroll_asked": (
        "Your clinic asks everyone for two-step sign-in. It takes one minute, once.",
        "Tu clínica pide a todo el personal la verificación en dos pasos. Toma un minuto, una sola vez.",
    ),
    "accounts.rescue": ("Your backup codes", "Tus códigos de respaldo"),
    "accounts.rescue_says": (
        (
            "Each opens your account once if you lose your phone. Print this page or copy them to a safe "
            "place: they are shown only this once."
        ),
        (
            "Cada uno abre tu cuenta una vez si pierdes el teléfono. Imprime esta página o cópialos en "
            "un lugar seguro: solo se muestran esta vez."
        ),
    ),
    "accounts.rescue_done": ("I saved them", "Ya los guardé"),
}
