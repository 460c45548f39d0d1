"""Why somebody does not come in: codes, PINs, passkeys, passwords, keys, staff, and the first set-up."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "forbidden.pack": Sentence(
        "An audit pack is made by an auditor or a manager.",
        "Solo auditoría o gestión puede hacer un archivo de auditoría. Pídeselo.",
    ),
    "invalid.pack_scope": Sentence(
        "Name a participant, a program or a period: a pack is not of everything.",
        "Falta decir de qué. Elige una persona, un programa o un período.",
        page="It lacks what it is of. Choose a person, a program or a period.",
    ),
    "invalid.pack_days": Sentence(
        "A period has a first and a last day, and the last is not before the first.",
        "Indica el primer día y el último. El último debe ser igual o posterior al primero.",
        page="Fill in the first and the last day. The last must be the first day or later.",
    ),
    "invalid.pack_too_large": Sentence(
        "More than {most} enrollments match; take a shorter period, or use `rewards audit pack`, which takes "
        "more.",
        "Son más de {most} inscripciones. Elige un período más corto o pide el archivo a quien mantiene el "
        "sistema.",
        page="That is more than {most} enrollments. Choose a shorter period, or ask whoever runs the service "
        "for the file.",
    ),
    "not_found.pack": Sentence(
        "No enrollment matches, so there is nothing to pack.",
        "No hay ninguna inscripción así. Revisa la persona, el programa y los días.",
        page="No enrollment is like that. Check the person, the program and the days.",
    ),
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
        "La verificación en dos pasos ya está activa. Desactívala primero para configurarla de nuevo.",
        page="Two-step sign-in is on already. Turn it off first to set it up again.",
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
    "invalid.password_about_you": Sentence(
        "Hardly anything is left of this password besides your name, your address and the clinic's; take "
        "words that have nothing to do with you.",
        "Esta contraseña es casi solo tu nombre, tu correo o el de la clínica. Elige palabras que no tengan "
        "que ver contigo.",
    ),
    "invalid.password_breached": Sentence(
        "This password is among those that were stolen most often; take another.",
        "Esta contraseña está entre las que más se han robado. Elige otra.",
    ),
    "forbidden.own_key": Sentence(
        "A key does not revoke itself; issue another, and revoke this one with it.",
        "Una clave no se revoca a sí misma. Crea otra y revoca esta con ella.",
    ),
    "key_expired": Sentence(
        "This key's last day is past; issue another and send that one.",
        "Esta clave ya venció. Crea otra y usa esa.",
    ),
    "scope_missing": Sentence(
        "This key lacks the scope {scope}; issue one that has it.",
        "A esta clave le falta el permiso {scope}. Crea una que lo tenga.",
    ),
    "scope_missing.to_grant": Sentence(
        "A key grants no scope that it lacks itself, such as {scope}; leave it out.",
        "Una clave no da permisos que no tiene, como {scope}. Quítalo.",
    ),
    "proof_required": Sentence(
        (
            "This takes your password or second factor, shown within the last {minutes} minutes: send it "
            "to /v1/sessions/current/proof, and ask again."
        ),
        "Esto pide tu contraseña o los seis números de los últimos {minutes} minutos. Escríbelos otra vez.",
        page=(
            "This takes your password or your six digits within the last {minutes} minutes. Type them again."
        ),
    ),
    "unauthenticated.proof": Sentence(
        "This is not your password or second factor; try again.",
        "Esa no es tu contraseña ni son tus seis números. Intenta otra vez.",
        page="This is not your password or your six digits. Try again.",
    ),
    "second_factor_needed": Sentence(
        "This account takes a second factor: send its six digits as code.",
        "Esta cuenta pide la verificación en dos pasos. Escribe los seis números.",
        page="This account takes two-step sign-in. Type the six digits.",
    ),
    "second_factor_needed.set_up": Sentence(
        "This account needs a second factor and has none yet; sign in on the pages and set it up.",
        (
            "Esta cuenta necesita la verificación en dos pasos y aún no la tiene. Entra en las páginas y "
            "configúrala."
        ),
        page=(
            "This account needs two-step sign-in and does not have it yet. Sign in on the pages and "
            "set it up."
        ),
    ),
    "second_factor_needed.passkey": Sentence(
        "This account has a passkey alone, which works on the pages; set up six digits there for a program.",
        "Esta cuenta solo tiene una llave de acceso, que sirve en las páginas. Para un programa, configura "
        "allí los seis números.",
    ),
    "person_needed": Sentence(
        "A key approves nothing: a member of staff does, on the pages or under a session of /v1/sessions.",
        "Una clave no aprueba nada. Pide a una persona de la gerencia que lo apruebe.",
        page="Only a member of staff approves this. Ask a manager to do so.",
    ),
    "person_needed.session": Sentence(
        "A key has no session and no password; only a member of staff's session is asked for this.",
        "Una clave no tiene sesión ni contraseña. Entra con tu cuenta.",
    ),
    "proposer_unknown": Sentence(
        "Nobody answers for the key that proposed this, so nobody knows whose proposal it is; refuse it, and "
        "have it proposed anew by a person, or by a key that a person answers for.",
        "Nadie responde por la clave que propuso esto. Recházalo y pide a una persona que lo proponga.",
    ),
    "forbidden.must_choose": Sentence(
        "This password was given to you: sign in on the pages and choose one of your own first.",
        "Esa contraseña te la dieron. Entra en las páginas y elige una tuya primero.",
    ),
    "invalid.key_end": Sentence(
        "A key's last day is today at the earliest, and at most {days} days from now.",
        "Una clave termina hoy o después, a no más de {days} días. Elige otro día.",
    ),
    "invalid.smart_keys": Sentence(
        "The public keys are missing, or said twice. Give `jwks` or `jwks_url`, one of the two.",
        "Faltan las claves públicas o sobran. Da `jwks` o `jwks_url`, una de las dos.",
    ),
    "invalid.smart_jwks": Sentence(
        "This is no set of public keys. Give 1 to {most} `keys`, RSA of 2,048 bits or more or EC on P-384.",
        "No son claves públicas. Da `keys` con 1 a {most}, RSA de 2,048 bits o más o EC en P-384.",
    ),
    "invalid.key_without_scopes": Sentence(
        "A key without a scope does nothing; name one, or leave the field out.",
        "Una clave sin permisos no hace nada. Elige alguno.",
    ),
    "invalid.key_responsible": Sentence(
        "Nobody on the staff who can sign in has this id; name somebody who can.",
        "Esa persona no puede entrar o no existe. Elige a alguien de la lista.",
    ),
    "invalid.key_beyond_person": Sentence(
        "Somebody of role {role} does not answer for a key of role {key}: it would do more than they may.",
        "Quien tiene la función {role} no responde por una clave {key}: "
        "haría más de lo que puede. Elige a otra.",
    ),
    "already_settled.key_responsible": Sentence(
        "Somebody answers for this key already; revoke it and issue another.",
        "Alguien ya responde por esta clave. Revócala y crea otra.",
    ),
    "not_found.invitation": Sentence(
        "This link was used, or its time is over; ask a manager for another.",
        "Este enlace ya se usó o se terminó su tiempo. Pide otro a una persona de la gerencia.",
    ),
    "invalid.invitation_disabled": Sentence(
        "Whoever is kept out gets no link; let them in again first.",
        "Quien tiene la cuenta desactivada no recibe enlace. Activa su cuenta primero.",
    ),
    "invalid.password_of_another": Sentence(
        "Nobody sets another's password; leave it out, and hand on the link by which they choose one.",
        "Nadie pone la contraseña de otra persona. Déjala vacía y entrega el enlace con que la elige.",
    ),
    "forbidden.own_role": Sentence(
        "Nobody changes their own role or disables themselves; another manager does.",
        "No puedes cambiar tu propia función ni desactivar tu cuenta. Pide a otra persona de la gerencia que "
        "lo haga.",
    ),
    "forbidden.own_invitation": Sentence(
        "Nobody is shown a link into their own account: choose a new password on its page, or ask another "
        "manager for a link.",
        "Nadie ve un enlace a su propia cuenta. Elige otra contraseña en la página de tu cuenta o pide el "
        "enlace a otra persona de la gerencia.",
    ),
    "not_found.key": Sentence(
        "There is no such key.",
        "No existe esa clave. Elige una de la lista.",
    ),
    "not_found.staff": Sentence(
        "There is no such member of staff.",
        "No existe esa persona en el personal. Elige de la lista.",
    ),
    "not_found.staff_address": Sentence(
        "Nobody on the clinic's staff signs in with {email}; write their address, or create them first.",
        "Nadie del personal entra con {email}. Escribe su correo o crea su cuenta primero.",
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
