"""Texts of the pages of subscribers."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.sub.lead": (
        (
            "Other systems that are told what happens here, such as your record system. They get "
            "ids, times and amounts; never a name or a test result."
        ),
        (
            "Otros sistemas a los que se avisa de lo que pasa aquí, como tu sistema de "
            "expedientes. Reciben identificadores, horas y montos; nunca un nombre ni un "
            "resultado."
        ),
    ),
    "manage.sub.all": ("Who is told", "A quién se avisa"),
    "manage.sub.none": (
        "Nobody is told anything yet. Add the first one below; nothing is sent until you do.",
        "Todavía no se avisa a nadie. Agrega el primero abajo; no se envía nada hasta entonces.",
    ),
    "manage.sub.types_n": ("{count} kinds of notice", "{count} tipos de aviso"),
    "manage.sub.types_n:1": ("1 kind of notice", "1 tipo de aviso"),
    "manage.sub.consent_yes": ("only with consent", "solo con consentimiento"),
    "manage.sub.consent_no": ("no consent needed", "sin consentimiento"),
    "manage.sub.add": ("Add a subscriber", "Agregar un suscriptor"),
    "manage.sub.add_do": ("Add and show its secret", "Agregar y mostrar su secreto"),
    "manage.sub.url": ("Its address (URL)", "Su dirección (URL)"),
    "manage.sub.url_hint": (
        "Where it takes notices, beginning with https://",
        "Donde recibe los avisos; empieza con https://",
    ),
    "manage.sub.types": ("What it is told", "De qué se le avisa"),
    "manage.choose_type": ("Choose at least one.", "Elige al menos uno."),
    "manage.sub.consent": ("Only of people who consented", "Solo de quienes consintieron"),
    "manage.sub.consent_hint": (
        "Leave this on unless your agreement with them says otherwise (42 CFR part 2).",
        "Déjalo así, salvo que tu acuerdo con ellos diga otra cosa (42 CFR parte 2).",
    ),
    "manage.type.event_recorded": ("A visit was recorded", "Se registró una visita"),
    "manage.type.award_posted": ("Somebody earned something", "Alguien ganó algo"),
    "manage.type.balance_changed": ("A balance changed", "Cambió un saldo"),
    "manage.type.redemption_held": ("A reward was asked for", "Se pidió una recompensa"),
    "manage.type.redemption_given": ("A reward was handed over", "Se entregó una recompensa"),
    "manage.type.redemption_canceled": ("A reward was canceled", "Se canceló una recompensa"),
    "manage.type.redemption_ordered": (
        "A reward was ordered from its provider",
        "Se pidió una recompensa a su proveedor",
    ),
    "manage.type.redemption_failed": ("A reward was not delivered", "No se entregó una recompensa"),
    "manage.type.redemption_reversed": ("A reward was paid back", "Se devolvió una recompensa"),
    "manage.type.enrollment_opened": ("Somebody joined a program", "Alguien entró a un programa"),
    "manage.type.enrollment_closed": ("Somebody left a program", "Alguien salió de un programa"),
    "manage.type.draw_made": ("Prizes were drawn", "Hubo un sorteo"),
    "manage.type.budget_reached": (
        "A budget was nearly or fully spent",
        "Se gastó casi todo un presupuesto, o todo",
    ),
    "manage.type.cap_reached": ("Somebody came near a cap", "Alguien se acercó a un tope"),
    "manage.type.audit_checkpoint": ("The audit trail was signed", "Se firmó el registro de auditoría"),
    "manage.type.test_ping": ("A test", "Una prueba"),
    "manage.state.unused": ("Nothing sent yet", "Nada enviado aún"),
    "manage.state.healthy": ("Working", "Funciona"),
    "manage.state.slow": ("Slow", "Lento"),
    "manage.state.failing": ("Not answering", "No responde"),
    "manage.state.disabled": ("Turned off", "Desactivado"),
    "manage.state_says.unused": (
        "Nothing was sent to it yet. Send a test to see whether it answers.",
        "Todavía no se le envió nada. Envía una prueba para ver si responde.",
    ),
    "manage.state_says.healthy": ("Everything that was due has arrived.", "Todo lo pendiente ha llegado."),
    "manage.state_says.slow": (
        "It answers, but notices wait longer than two minutes. Nothing is lost.",
        "Responde, pero los avisos esperan más de dos minutos. No se pierde nada.",
    ),
    "manage.state_says.failing": (
        "It did not accept some notices. We try again for about three days. See the answers below.",
        "No aceptó algunos avisos. Intentamos de nuevo durante unos tres días. Mira las respuestas abajo.",
    ),
    "manage.state_says.disabled": (
        "Nothing is sent to it. What happens is kept, and goes out when you turn it on again.",
        "No se le envía nada. Lo que pasa se guarda y sale cuando lo actives de nuevo.",
    ),
    "manage.state_says.gone": (
        (
            "It answered that it wants no more notices (410), so it was turned off. What "
            "happens is kept. Ask the people who run it, then turn it on again."
        ),
        (
            "Respondió que no quiere más avisos (410) y se desactivó. Lo que pasa "
            "se guarda. Pregunta a quien lo maneja y actívalo de nuevo."
        ),
    ),
    "manage.sub.now": ("How it stands", "Cómo está"),
    "manage.sub.waiting": ("Waiting", "En espera"),
    "manage.sub.oldest": ("Oldest waiting", "El más antiguo en espera"),
    "manage.sub.disabled_at": ("Turned off", "Desactivado"),
    "manage.sub.both_until": ("Old secret signs until", "El secreto anterior firma hasta"),
    "manage.sub.ping": ("Send a test", "Enviar una prueba"),
    "manage.sub.enable": ("Turn on", "Activar"),
    "manage.sub.disable": ("Turn off", "Desactivar"),
    "manage.sub.rotate": ("New secret", "Secreto nuevo"),
    "manage.sub.made": ("Added. Copy its secret now", "Agregado. Copia ahora su secreto"),
    "manage.sub.secret_why": (
        (
            "Give it to the people who run the other system. It proves that a notice is "
            "from you. You can see it only now."
        ),
        (
            "Dáselo a quien maneja el otro sistema: demuestra que un aviso es de ustedes. Se "
            "muestra esta única vez."
        ),
    ),
    "manage.sub.rotated": ("The new secret. Copy it now", "El secreto nuevo. Cópialo ahora"),
    "manage.sub.rotated_why": (
        (
            "For 24 hours every notice is signed with both, so there is time to change it there. "
            "It is shown this once and never again."
        ),
        (
            "Durante 24 horas cada aviso se firma con los dos, así hay tiempo de cambiarlo allá. "
            "Solo se ve ahora."
        ),
    ),
    "manage.secret": ("Secret", "Secreto"),
    "manage.sub.done.pinged": (
        "The test is on its way. Its answer comes up below within seconds.",
        "La prueba va en camino. La respuesta aparece abajo en segundos.",
    ),
    "manage.sub.done.replayed": (
        "{count} notices are on their way again.",
        "{count} avisos van en camino otra vez.",
    ),
    "manage.sub.done.replayed_one": ("It is on its way again.", "Va en camino otra vez."),
    "manage.sub.done.changed": ("Saved.", "Guardado."),
    "manage.sub.done.enabled": (
        "It is turned on. What was kept goes out now.",
        "Encendido; lo guardado sale ahora.",
    ),
    "manage.sub.done.disabled": (
        "It is turned off. Notices are kept.",
        "Está desactivado. Los avisos se guardan.",
    ),
    "manage.sub.deliveries": ("What was sent", "Lo enviado"),
    "manage.sub.only": ("Show only", "Mostrar solo"),
    "manage.sub.no_deliveries": (
        "Nothing here. Notices come up as soon as something happens at the clinic.",
        "Aquí no hay nada. Los avisos aparecen en cuanto pasa algo en la clínica.",
    ),
    "manage.sub.number": ("no. {number}", "n.º {number}"),
    "manage.sub.attempts_n": ("Tries: {count}", "Intentos: {count}"),
    "manage.sub.took": ("{ms} ms", "{ms} ms"),
    "manage.sub.next_at": ("Tried again: {at}", "Se intenta de nuevo: {at}"),
    "manage.sub.replay_one": ("Send again", "Enviar otra vez"),
    "manage.delivery.waiting": ("On its way", "En camino"),
    "manage.delivery.delivered": ("Arrived", "Llegó"),
    "manage.delivery.failed": ("Not taken yet", "Aún no aceptado"),
    "manage.delivery.dead": ("Given up", "Abandonado"),
    "manage.delivery.withheld": ("Not sent: no consent", "No enviado: sin consentimiento"),
    "manage.attempt.delivered": ("Arrived", "Llegó"),
    "manage.attempt.failed": ("Not taken", "No aceptado"),
    "manage.attempt.gone": ("Wants no more notices", "No quiere más avisos"),
    "manage.attempt.withheld": ("Not sent: no consent in force", "No enviado: sin consentimiento vigente"),
    "manage.attempt.refused": (
        "Not sent: its address is not allowed",
        "No enviado: su dirección no se permite",
    ),
    "manage.sub.replay": ("Send a range again", "Enviar otra vez un período"),
    "manage.sub.replay_why": (
        (
            "For when the other system lost something. Each notice goes out with its own id, so "
            "what is there already is known there."
        ),
        (
            "Para cuando el otro sistema perdió algo. Cada aviso sale con su propio identificador, "
            "así se reconoce lo que ya está."
        ),
    ),
    "manage.sub.undelivered": ("Only what has not arrived", "Solo lo que no llegó"),
    "manage.sub.replay_do": ("Send again", "Enviar otra vez"),
    "manage.sub.change": ("Change it", "Cambiarlo"),
    "manage.sub.delete": ("Delete", "Eliminar"),
    "manage.sub.delete_sure": (
        "Yes, delete it for good. What it was told stays on record.",
        "Sí, eliminarlo para siempre. Lo que se le avisó queda registrado.",
    ),
}
