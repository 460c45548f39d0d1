"""Texts of the pages of consents."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.con.lead": (
        (
            "Who can be told about a person, and what. Without a consent in force, nothing "
            "about the person goes to a subscriber that needs one."
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
    "manage.con.print_en": ("Text in English", "Texto en inglés"),
    "manage.con.print_es": ("Text in Spanish", "Texto en español"),
    "manage.con.paper": ("Language of the paper", "Idioma del papel"),
    "manage.con.kind": ("Kind of consent", "Tipo de consentimiento"),
    "manage.con.kind_hint": (
        "The second kind may go without an end; the first needs a last day or an event.",
        "El segundo tipo puede no tener final; el primero necesita un último día o un suceso.",
    ),
    "manage.con.kind.specific": ("For one purpose", "Para un fin"),
    "manage.con.kind.tpo": (
        "For treatment, payment and operations",
        "Para tratamiento, pago y operaciones",
    ),
    "manage.con.kind.short": ("Short form", "Forma breve"),
    "manage.con.signed.typed": ("signed by {name} (typed), {day}", "firmado por {name} (escrito), {day}"),
    "manage.con.signed.drawn": ("signed by {name}, {day}", "firmado por {name}, {day}"),
    "manage.con.signed.paper": ("signed by {name} on paper, {day}", "firmado por {name} en papel, {day}"),
    "manage.con.ends_with": ("until: {event}", "hasta: {event}"),
    "manage.con.nobody_here": ("Nobody that is told by itself", "Nadie a quien se avise solo"),
    "manage.con.recipient": ("Or to whom, by name or as a group", "O a quién, por nombre o como grupo"),
    "manage.con.recipient_hint": (
        "Such as: Dr. Roe at Main Street Health; or: my treating providers and health plans.",
        "Por ejemplo: Dra. Roe de Main Street Health; o: quienes me tratan y mis seguros de salud.",
    ),
    "manage.con.is_class": ("It is a group, not one name", "Es un grupo, no un solo nombre"),
    "manage.con.information": ("How much, and of what kind", "Cuánto y de qué tipo"),
    "manage.con.information_hint": (
        "Only what the purpose needs.",
        "Solo lo que hace falta para el fin.",
    ),
    "manage.con.information_usual": (
        "When I come in, what I earn and receive, when I join or leave. No test results, not my name.",
        "Cuándo vengo, qué gano y recibo, cuándo entro o salgo. Ni resultados de pruebas ni mi nombre.",
    ),
    "manage.con.expires_hint": ("The day itself belongs to it.", "Ese día todavía vale."),
    "manage.con.ends_when": ("Or the event that ends it", "O el suceso que lo termina"),
    "manage.con.ends_when_hint": (
        "Such as: the end of my treatment here. Revoke it here when that day comes.",
        "Por ejemplo: el fin de mi tratamiento aquí. Revócalo aquí cuando llegue ese día.",
    ),
    "manage.con.how_to_revoke": ("How to take it back (if special)", "Cómo retirarlo (si es especial)"),
    "manage.con.how_to_revoke_hint": (
        "Left empty, it says: by telling anybody at the clinic.",
        "Si queda vacío, dice: diciéndolo en la clínica.",
    ),
    "manage.con.signature": ("Signature", "Firma"),
    "manage.con.how": ("How it was signed", "Cómo se firmó"),
    "manage.con.how.typed": ("The name, typed by the person", "El nombre, escrito por la persona"),
    "manage.con.how.drawn": ("A picture of the signature", "Una imagen de la firma"),
    "manage.con.how.paper": ("On paper, which we keep", "En papel, que guardamos"),
    "manage.con.signed_name": ("Who signed", "Quién firmó"),
    "manage.con.signed_on": ("On which day", "Qué día"),
    "manage.con.drawn": ("The picture (PNG or JPEG)", "La imagen (PNG o JPEG)"),
    "manage.con.drawn_hint": ("At most 200 KB.", "Como máximo 200 KB."),
    "manage.con.text.class": ("a group", "un grupo"),
    "manage.con.text.information": (
        "They may be told: {information}",
        "Se les puede informar: {information}",
    ),
    "manage.con.text.tpo": (
        "This covers all future treatment, payment and health care operations.",
        "Abarca todo futuro tratamiento, pago y operaciones de atención de salud.",
    ),
    "manage.con.text.ends_when": ("It ends with: {event}", "Termina con: {event}"),
    "manage.con.text.revoke_by": (
        "I can change my mind at any time: {how} What was already shared cannot be taken back.",
        "Puedo cambiar de opinión en cualquier momento: {how} Lo ya compartido no se puede recuperar.",
    ),
    "manage.con.text.passed_on": (
        (
            "Providers and health plans that get this may use and pass it on as the privacy rule (HIPAA) "
            "allows, but not in a legal proceeding against me without my consent or a court order."
        ),
        (
            "Los proveedores y seguros de salud que lo reciban pueden usarlo y pasarlo como permite la regla "
            "de privacidad (HIPAA), pero no en un proceso legal en mi contra sin mi consentimiento o una "
            "orden judicial."
        ),
    ),
    "manage.con.text.drawn_by": ("Signature of {name}", "Firma de {name}"),
    "manage.con.text.on_paper": ("{name} (on paper)", "{name} (en papel)"),
    "manage.con.give": ("Record a consent", "Registrar un consentimiento"),
    "manage.con.give_why": (
        (
            "Print the text first. Let the person read it and sign it. Then record it here. It is in "
            "force from then on."
        ),
        (
            "Primero imprime el texto, deja que la persona lo lea y lo firme, y regístralo aquí. "
            "Vale desde ahora."
        ),
    ),
    "manage.con.subscriber": ("Who may be told", "A quién se puede avisar"),
    "manage.con.purpose": ("What for", "Para qué"),
    "manage.con.purpose_hint": (
        "In the person's words, such as: so that my doctor sees how I am doing.",
        "En palabras de la persona, por ejemplo: para que mi equipo médico vea cómo voy.",
    ),
    "manage.con.expires": ("Last day (if there is one)", "Último día (si lo hay)"),
    "manage.con.no_subscribers": (
        "There is no subscriber yet. A manager adds one first.",
        "Todavía no hay ningún suscriptor a quien avisar. Primero lo agrega la gerencia.",
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
        "I, {name}, let {clinic} share information with:",
        "Yo, {name}, permito que {clinic} comparta información con:",
    ),
    "manage.con.text.what": (
        (
            "They can be told when I come in, the rewards I earn and get, and when I join "
            "or leave a program. They are not told my name or my test results. Someone "
            "could still guess a result from the amounts."
        ),
        (
            "Se les puede decir cuándo vengo, qué recompensas gano y recibo, y cuándo "
            "entro o salgo de un programa. No se les dice mi nombre ni mis resultados. Aun "
            "así, alguien podría adivinar un resultado por los montos."
        ),
    ),
    "manage.con.text.purpose": ("What for: {purpose}", "Para qué: {purpose}"),
    "manage.con.text.until": ("This is good until {day}.", "Vale hasta el {day}."),
    "manage.con.text.no_end": ("This is good until I take it back.", "Vale hasta que yo lo cancele."),
    "manage.con.text.revoke": (
        (
            "I can change my mind at any time. I tell anyone at the clinic. Sharing then "
            "stops right away. What was already shared cannot be taken back."
        ),
        (
            "Puedo cambiar de opinión en cualquier momento. Se lo digo a alguien de la "
            "clínica. Desde entonces no se comparte nada más. Lo ya compartido no se puede "
            "recuperar."
        ),
    ),
    "manage.con.text.guess": (
        "Someone could still guess a test result from the amounts I earn.",
        "Aun así, alguien podría adivinar un resultado por los montos que gano.",
    ),
    "manage.con.text.copy": (
        "I get a copy of this page.",
        "Recibo una copia de esta hoja.",
    ),
    "manage.con.text.law": (
        (
            "Federal law (42 CFR Part 2) protects these records. Those who get them may "
            "share them again only if the law or I allow it. I get the same care if I do "
            "not sign."
        ),
        (
            "La ley federal (42 CFR parte 2) protege estos registros. Quien los reciba "
            "solo puede compartirlos otra vez si la ley o yo lo permitimos. Recibo la "
            "misma atención si no firmo."
        ),
    ),
    "manage.con.text.sign": ("Signature", "Firma"),
    "manage.con.text.date": ("Date", "Fecha"),
    "manage.con.text.recorded": ("Recorded {at}", "Registrado: {at}"),
    "manage.con.text.how": (
        "Print this page with your browser, then go back.",
        "Imprime esta página con tu navegador y luego vuelve.",
    ),
    "manage.con.done.asked": ("The request is on record.", "La petición quedó registrada."),
    "manage.con.done.agreed": (
        "Agreed. It binds from now on, for what waits too.",
        "Aceptada. Vale desde ahora, también para lo que está en espera.",
    ),
    "manage.con.done.declined": ("Declined, with its answer.", "Rechazada, con su respuesta."),
    "manage.con.done.ended": ("The restriction has ended.", "La restricción terminó."),
    "manage.restr.title": ("Who is to be told nothing", "A quién no se debe informar"),
    "manage.restr.none": ("Nothing was asked.", "No se pidió nada."),
    "manage.restr.asked": ("Waits for an answer", "Espera respuesta"),
    "manage.restr.agreed": ("Agreed", "Aceptada"),
    "manage.restr.declined": ("Declined", "Rechazada"),
    "manage.restr.ended": ("Ended", "Terminada"),
    "manage.restr.agree": ("Agree", "Aceptar"),
    "manage.restr.decline": ("Decline", "Rechazar"),
    "manage.restr.end": ("End it", "Terminarla"),
    "manage.restr.why": ("Why it cannot be done", "Por qué no se puede"),
    "manage.restr.subscriber": ("Who is to be told nothing", "A quién no informar"),
    "manage.restr.recipient": ("Or who else, by name", "O a quién más, por nombre"),
    "manage.restr.request": ("What the person asks, in their words", "Qué pide la persona, en sus palabras"),
    "manage.restr.ask": ("Record the request", "Registrar la petición"),
    "manage.acc.how.notice": ("Notice", "Aviso"),
    "manage.acc.how.key": ("Read by a program", "Leído por un programa"),
    "manage.acc.how.export": ("File", "Archivo"),
    "manage.acc.how.record": ("Own record", "Registro propio"),
    "manage.acc.how.emergency": ("Emergency", "Emergencia"),
    "manage.acc.what.tax_report": ("tax report", "informe de impuestos"),
    "manage.acc.what.openings": ("openings", "saldos iniciales"),
    "manage.acc.what.record": ("everything on record", "todo lo registrado"),
    "manage.acc.times": ("{count} times that day", "{count} veces ese día"),
    "manage.acc.nobody_named": ("to whoever asked for it", "a quien lo pidió"),
    "manage.acc.file": ("All as a file (CSV)", "Todo en un archivo (CSV)"),
    "manage.acc.more": (
        "These are the latest; the file has all.",
        "Son los últimos; el archivo los tiene todos.",
    ),
    "manage.acc.for_openings": ("File of openings", "Archivo de saldos iniciales"),
    "manage.acc.for_tax": ("Tax report for {year}", "Informe de impuestos de {year}"),
}
