"""What the pages of consents and of the audit trail say."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "office.con.lead": (
        (
            "Who may be told what about whom. Without a consent in force, nothing about a person "
            "is sent to a subscriber that needs one."
        ),
        (
            "A quién se puede avisar y de quién. Sin un consentimiento vigente no se envía nada "
            "sobre la persona a un suscriptor que lo necesita."
        ),
    ),
    "office.con.find": ("Find", "Buscar"),
    "office.con.by_subscriber": ("Or all given to one subscriber", "O todos los dados a un suscriptor"),
    "office.con.any_subscriber": ("Any subscriber", "Cualquier suscriptor"),
    "office.con.of": ("Consents of {code}", "Consentimientos de {code}"),
    "office.con.all": ("Consents", "Consentimientos"),
    "office.con.everybody": ("Show everybody's", "Mostrar los de todos"),
    "office.con.none": (
        "No consents here. Find a person above to record one.",
        "No hay consentimientos. Busque a una persona arriba para registrar uno.",
    ),
    "office.con.none_of": (
        "This person has not consented to anything yet.",
        "Esta persona todavía no ha consentido nada.",
    ),
    "office.con.given": ("Given {at}", "Dado: {at}"),
    "office.con.until": ("until {day}", "hasta {day}"),
    "office.con.no_end": ("until it is revoked", "hasta que se revoque"),
    "office.con.revoked_at": ("revoked {at}", "revocado: {at}"),
    "office.con.in_force": ("In force", "Vigente"),
    "office.con.over": ("Over", "Terminado"),
    "office.con.revoked": ("Revoked", "Revocado"),
    "office.con.gone": ("a subscriber that was deleted", "un suscriptor eliminado"),
    "office.con.revoke": ("Revoke", "Revocar"),
    "office.con.print": ("Text to print", "Texto para imprimir"),
    "office.con.give": ("Record a consent", "Registrar un consentimiento"),
    "office.con.give_why": (
        "Print the text first, let the person read and sign it, then record it here. It holds from now on.",
        (
            "Primero imprima el texto, deje que la persona lo lea y lo firme, y regístrelo aquí. "
            "Vale desde ahora."
        ),
    ),
    "office.con.subscriber": ("Who may be told", "A quién se puede avisar"),
    "office.con.choose": ("Choose one", "Elige uno"),
    "office.con.purpose": ("What for", "Para qué"),
    "office.con.purpose_hint": (
        "In the person's words, such as: so that my doctor sees how I am doing.",
        "En palabras de la persona, por ejemplo: para que mi médica vea cómo voy.",
    ),
    "office.con.expires": ("Last day (if there is one)", "Último día (si lo hay)"),
    "office.con.no_subscribers": (
        "There is no subscriber yet that could be told anything. A manager adds one first.",
        "Todavía no hay ningún suscriptor a quien avisar. Primero un encargado agrega uno.",
    ),
    "office.con.done.given": (
        "The consent is on record and holds from now on.",
        "El consentimiento quedó registrado y vale desde ahora.",
    ),
    "office.con.done.revoked": (
        "Revoked. Nothing more is sent under it, not even what was queued.",
        "Revocado. No se envía nada más, ni lo que estaba en espera.",
    ),
    "office.con.disclosed": ("What was told about {code}", "Lo que se avisó sobre {code}"),
    "office.con.disclosed_none": ("Nothing was told to anybody.", "No se avisó nada a nadie."),
    "office.con.under": ("with consent", "con consentimiento"),
    "office.con.without": ("needed none", "no lo necesitaba"),
    "office.con.text.title": (
        "Consent to share information about my care",
        "Consentimiento para compartir información sobre mi atención",
    ),
    "office.con.text.who": (
        "I, {name}, agree that {clinic} tells:",
        "Yo, {name}, acepto que {clinic} informe a:",
    ),
    "office.con.text.what": (
        (
            "They may be told when I come in, what rewards I earn and receive, and when I join or "
            "leave a program. They are not told test results, and not my name."
        ),
        (
            "Se les puede informar cuándo vengo, qué recompensas gano y recibo, y cuándo entro o "
            "salgo de un programa. No se les dan resultados de pruebas ni mi nombre."
        ),
    ),
    "office.con.text.purpose": ("What for: {purpose}", "Para qué: {purpose}"),
    "office.con.text.until": ("This holds until {day}.", "Vale hasta el {day}."),
    "office.con.text.no_end": ("This holds until I take it back.", "Vale hasta que yo lo retire."),
    "office.con.text.revoke": (
        (
            "I can take this back at any time by telling anybody at the clinic. It then stops at "
            "once; what was told before stays told."
        ),
        (
            "Puedo retirarlo en cualquier momento diciéndolo en la clínica. Entonces termina de "
            "inmediato; lo ya informado queda informado."
        ),
    ),
    "office.con.text.law": (
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
    "office.con.text.sign": ("Signature", "Firma"),
    "office.con.text.date": ("Date", "Fecha"),
    "office.con.text.recorded": ("Recorded {at}", "Registrado: {at}"),
    "office.con.text.how": (
        "Print this page with your browser, then go back.",
        "Imprima esta página con su navegador y luego vuelva.",
    ),
    "office.audit.lead": (
        (
            "Everything that anybody did or read, newest first. Nothing here can be changed: each "
            "line is sealed with the one before it."
        ),
        (
            "Todo lo que alguien hizo o leyó, lo más reciente primero. Aquí no se puede cambiar "
            "nada: cada línea está sellada con la anterior."
        ),
    ),
    "office.audit.who": ("Who", "Quién"),
    "office.audit.anybody": ("Anybody", "Cualquiera"),
    "office.audit.deed": ("What was done", "Qué se hizo"),
    "office.audit.anything": ("Anything", "Cualquier cosa"),
    "office.audit.about": ("About (code or reference)", "Sobre (código o referencia)"),
    "office.audit.show": ("Search", "Buscar"),
    "office.audit.clear": ("Clear", "Borrar"),
    "office.audit.none": (
        "Nothing matches. Take something away from the search.",
        "Nada coincide. Quite algo de la búsqueda.",
    ),
    "office.audit.about_code": ("about {code}", "sobre {code}"),
    "office.audit.number": ("no. {number}", "n.º {number}"),
    "office.audit.link": ("Seal {hash}", "Sello {hash}"),
    "office.audit.only_who": ("only theirs", "solo lo suyo"),
    "office.audit.only_about": ("only about them", "solo sobre esta persona"),
    "office.audit.details": ("Details and seal", "Detalles y sello"),
    "office.audit.hash": ("Hash", "Hash"),
    "office.audit.previous": ("Hash before it", "Hash anterior"),
    "office.audit.digest": ("Digest of what it says", "Huella de lo que dice"),
    "office.audit.subject": ("Id", "Id"),
    "office.audit.checkpoint": ("Download a checkpoint", "Descargar un punto de control"),
    "office.audit.checkpoint_why": (
        (
            "A checkpoint is the latest seal. Keep it outside this service: if it still matches "
            "later, nothing before it was changed."
        ),
        (
            "Un punto de control es el último sello. Guárdelo fuera de este servicio: si más tarde "
            "coincide, nada anterior cambió."
        ),
    ),
    "office.role.front_desk": ("front desk", "recepción"),
    "office.role.clinician": ("clinician", "clínico"),
    "office.role.manager": ("manager", "encargado"),
    "office.role.auditor": ("auditor", "auditor"),
    "office.role.integration": ("another system", "otro sistema"),
    "office.role.participant": ("a participant", "un participante"),
    "office.role.system": ("the service", "el servicio"),
    "office.role.operator": ("the operator", "el operador"),
    "office.someone": ("Somebody", "Alguien"),
    "office.the_service": ("The service itself", "El propio servicio"),
}
