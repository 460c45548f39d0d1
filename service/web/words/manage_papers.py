"""Texts of the pages of consents and of the audit trail."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.con.lead": (
        (
            "Who may be told what about whom. Without a consent in force, nothing about a person "
            "is sent to a subscriber that needs one."
        ),
        (
            "A quién se puede avisar y de quién. Sin un consentimiento vigente no se envía nada "
            "sobre la persona a un suscriptor que lo necesita."
        ),
    ),
    "manage.con.find": ("Find", "Buscar"),
    "manage.con.by_subscriber": ("Or all given to one subscriber", "O todos los dados a un suscriptor"),
    "manage.con.any_subscriber": ("Any subscriber", "Cualquier suscriptor"),
    "manage.con.of": ("Consents of {code}", "Consentimientos de {code}"),
    "manage.con.all": ("Consents", "Consentimientos"),
    "manage.con.everybody": ("Show everybody's", "Mostrar los de todos"),
    "manage.con.none": (
        "No consents here. Find a person above to record one.",
        "No hay consentimientos. Busca a una persona arriba para registrar uno.",
    ),
    "manage.con.none_of": (
        "This person has not consented to anything yet.",
        "Esta persona todavía no ha consentido nada.",
    ),
    "manage.con.given": ("Given {at}", "Dado: {at}"),
    "manage.con.until": ("until {day}", "hasta {day}"),
    "manage.con.no_end": ("until it is revoked", "hasta que se revoque"),
    "manage.con.revoked_at": ("revoked {at}", "revocado: {at}"),
    "manage.con.in_force": ("In force", "Vigente"),
    "manage.con.over": ("Over", "Terminado"),
    "manage.con.revoked": ("Revoked", "Revocado"),
    "manage.con.gone": ("a subscriber that was deleted", "un suscriptor eliminado"),
    "manage.con.revoke": ("Revoke", "Revocar"),
    "manage.con.print": ("Text to print", "Texto para imprimir"),
    "manage.con.give": ("Record a consent", "Registrar un consentimiento"),
    "manage.con.give_why": (
        "Print the text first, let the person read and sign it, then record it here. It holds from now on.",
        (
            "Primero imprime el texto, deja que la persona lo lea y lo firme, y regístralo aquí. "
            "Vale desde ahora."
        ),
    ),
    "manage.con.subscriber": ("Who may be told", "A quién se puede avisar"),
    "manage.con.choose": ("Choose one", "Elige uno"),
    "manage.con.purpose": ("What for", "Para qué"),
    "manage.con.purpose_hint": (
        "In the person's words, such as: so that my doctor sees how I am doing.",
        "En palabras de la persona, por ejemplo: para que mi médica vea cómo voy.",
    ),
    "manage.con.expires": ("Last day (if there is one)", "Último día (si lo hay)"),
    "manage.con.no_subscribers": (
        "There is no subscriber yet that could be told anything. A manager adds one first.",
        "Todavía no hay ningún suscriptor a quien avisar. Primero un encargado agrega uno.",
    ),
    "manage.con.done.given": (
        "The consent is on record and holds from now on.",
        "El consentimiento quedó registrado y vale desde ahora.",
    ),
    "manage.con.done.revoked": (
        "Revoked. Nothing more is sent under it, not even what was queued.",
        "Revocado. No se envía nada más, ni lo que estaba en espera.",
    ),
    "manage.con.disclosed": ("What was told about {code}", "Lo que se avisó sobre {code}"),
    "manage.con.disclosed_none": ("Nothing was told to anybody.", "No se avisó nada a nadie."),
    "manage.con.under": ("with consent", "con consentimiento"),
    "manage.con.without": ("needed none", "no lo necesitaba"),
    "manage.con.text.title": (
        "Consent to share information about my care",
        "Consentimiento para compartir información sobre mi atención",
    ),
    "manage.con.text.who": (
        "I, {name}, agree that {clinic} tells:",
        "Yo, {name}, acepto que {clinic} informe a:",
    ),
    "manage.con.text.what": (
        (
            "They may be told when I come in, what rewards I earn and receive, and when I join or "
            "leave a program. They are not told test results, and not my name."
        ),
        (
            "Se les puede informar cuándo vengo, qué recompensas gano y recibo, y cuándo entro o "
            "salgo de un programa. No se les dan resultados de pruebas ni mi nombre."
        ),
    ),
    "manage.con.text.purpose": ("What for: {purpose}", "Para qué: {purpose}"),
    "manage.con.text.until": ("This holds until {day}.", "Vale hasta el {day}."),
    "manage.con.text.no_end": ("This holds until I take it back.", "Vale hasta que yo lo retire."),
    "manage.con.text.revoke": (
        (
            "I can take this back at any time by telling anybody at the clinic. It then stops at "
            "once; what was told before stays told."
        ),
        (
            "Puedo retirarlo en cualquier momento diciéndolo en la clínica. Entonces termina de "
            "inmediato; lo ya informado queda informado."
        ),
    ),
    "manage.con.text.law": (
        (
            "These records are protected by federal law (42 CFR part 2). Whoever gets them may not "
            "pass them on unless that law allows it. My care does not depend on signing this."
        ),
        (
            "Estos registros están protegidos por la ley federal (42 CFR parte 2). Quien los "
            "reciba no puede pasarlos a otros salvo que esa ley lo permita. Mi atención no depende "
            "de firmar esto."
        ),
    ),
    "manage.con.text.sign": ("Signature", "Firma"),
    "manage.con.text.date": ("Date", "Fecha"),
    "manage.con.text.recorded": ("Recorded {at}", "Registrado: {at}"),
    "manage.con.text.how": (
        "Print this page with your browser, then go back.",
        "Imprime esta página con tu navegador y luego vuelve.",
    ),
    "manage.audit.lead": (
        (
            "Everything that anybody did or read, newest first. Nothing here can be changed: each "
            "line is sealed with the one before it."
        ),
        (
            "Todo lo que alguien hizo o leyó, lo más reciente primero. Aquí no se puede cambiar "
            "nada: cada línea está sellada con la anterior."
        ),
    ),
    "manage.audit.who": ("Who", "Quién"),
    "manage.audit.deed": ("What was done", "Qué se hizo"),
    "manage.audit.anything": ("Anything", "Cualquier cosa"),
    "manage.audit.about": ("About (code or reference)", "Sobre (código o referencia)"),
    "manage.audit.show": ("Search", "Buscar"),
    "manage.audit.clear": ("Clear", "Borrar"),
    "manage.audit.none": (
        "Nothing matches. Take something away from the search.",
        "Nada coincide. Quita algo de la búsqueda.",
    ),
    "manage.audit.about_code": ("about {code}", "sobre {code}"),
    "manage.audit.number": ("no. {number}", "n.º {number}"),
    "manage.audit.only_who": ("only theirs", "solo lo suyo"),
    "manage.audit.only_about": ("only about them", "solo sobre esta persona"),
    "manage.audit.details": ("Details and seal", "Detalles y sello"),
    "manage.audit.hash": ("Hash", "Hash"),
    "manage.audit.previous": ("Hash before it", "Hash anterior"),
    "manage.audit.digest": ("Digest of what it says", "Huella de lo que dice"),
    "manage.audit.subject": ("Id", "Id"),
    "manage.audit.checkpoint": ("Download a checkpoint", "Descargar un punto de control"),
    "manage.audit.checkpoint_why": (
        (
            "A checkpoint is the latest seal. Keep it outside this service: if it still matches "
            "later, nothing before it was changed."
        ),
        (
            "Un punto de control es el último sello. Guárdalo fuera de este servicio: si más tarde "
            "coincide, nada anterior cambió."
        ),
    ),
    "manage.role.front_desk": ("front desk", "recepción"),
    "manage.role.clinician": ("clinician", "clínico"),
    "manage.role.manager": ("manager", "encargado"),
    "manage.role.auditor": ("auditor", "auditor"),
    "manage.role.integration": ("another system", "otro sistema"),
    "manage.role.participant": ("a participant", "un participante"),
    "manage.role.system": ("the service", "el servicio"),
    "manage.someone": ("Somebody", "Alguien"),
    "manage.the_service": ("The service itself", "El propio servicio"),
}
