"""What the pages of subscribers say."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "office.sub.lead": (
        (
            "Other systems that are told what happens here, such as your record system. They get "
            "ids, times and amounts; never a name or a test result."
        ),
        (
            "Otros sistemas a los que se avisa de lo que pasa aquí, como su sistema de "
            "expedientes. Reciben identificadores, horas y montos; nunca un nombre ni un "
            "resultado."
        ),
    ),
    "office.sub.all": ("Who is told", "A quién se avisa"),
    "office.sub.none": (
        "Nobody is told anything yet. Add the first one below; nothing is sent until you do.",
        "Todavía no se avisa a nadie. Agrega el primero abajo; no se envía nada hasta entonces.",
    ),
    "office.sub.types_n": ("{count} kinds of notice", "{count} tipos de aviso"),
    "office.sub.types_n:1": ("1 kind of notice", "1 tipo de aviso"),
    "office.sub.consent_yes": ("only with consent", "solo con consentimiento"),
    "office.sub.consent_no": ("no consent needed", "sin consentimiento"),
    "office.sub.add": ("Add a subscriber", "Agregar un suscriptor"),
    "office.sub.add_do": ("Add and show its secret", "Agregar y mostrar su secreto"),
    "office.sub.url": ("Its address (URL)", "Su dirección (URL)"),
    "office.sub.url_hint": (
        "Where it takes notices, beginning with https://",
        "Donde recibe los avisos; empieza con https://",
    ),
    "office.sub.types": ("What it is told", "De qué se le avisa"),
    "office.choose_type": ("Choose at least one.", "Elige al menos uno."),
    "office.sub.consent": ("Only of people who consented", "Solo de quienes consintieron"),
    "office.sub.consent_hint": (
        "Leave this on unless your agreement with them says otherwise (42 CFR part 2).",
        "Déjelo así, salvo que su acuerdo con ellos diga otra cosa (42 CFR parte 2).",
    ),
    "office.type.event_recorded": ("A visit was recorded", "Se registró una visita"),
    "office.type.award_posted": ("Somebody earned something", "Alguien ganó algo"),
    "office.type.balance_changed": ("A balance changed", "Cambió un saldo"),
    "office.type.redemption_held": ("A reward was asked for", "Se pidió una recompensa"),
    "office.type.redemption_given": ("A reward was handed over", "Se entregó una recompensa"),
    "office.type.redemption_canceled": ("A reward was canceled", "Se canceló una recompensa"),
    "office.type.enrollment_opened": ("Somebody joined a program", "Alguien entró a un programa"),
    "office.type.enrollment_closed": ("Somebody left a program", "Alguien salió de un programa"),
    "office.type.draw_made": ("Prizes were drawn", "Hubo un sorteo"),
    "office.type.cap_reached": ("Somebody came near a cap", "Alguien se acercó a un tope"),
    "office.type.test_ping": ("A test", "Una prueba"),
    "office.state.unused": ("Nothing sent yet", "Nada enviado aún"),
    "office.state.healthy": ("Healthy", "Bien"),
    "office.state.slow": ("Slow", "Lento"),
    "office.state.failing": ("Not answering", "No responde"),
    "office.state.disabled": ("Switched off", "Apagado"),
    "office.state_says.unused": (
        "Nothing was sent to it yet. Send a test to see whether it answers.",
        "Todavía no se le envió nada. Envíe una prueba para ver si responde.",
    ),
    "office.state_says.healthy": ("Everything that was due has arrived.", "Todo lo pendiente ha llegado."),
    "office.state_says.slow": (
        "It answers, but notices wait longer than two minutes. Nothing is lost.",
        "Responde, pero los avisos esperan más de dos minutos. No se pierde nada.",
    ),
    "office.state_says.failing": (
        (
            "It did not take some notices. They are tried again by themselves for about three "
            "days; look at the answers below."
        ),
        "No aceptó algunos avisos. Se intenta de nuevo durante unos tres días; mire las respuestas abajo.",
    ),
    "office.state_says.disabled": (
        "Nothing is sent to it. What happens meanwhile is kept, and goes out when you switch it on again.",
        "No se le envía nada. Lo que pasa mientras tanto se guarda y sale cuando lo encienda de nuevo.",
    ),
    "office.state_says.gone": (
        (
            "It answered that it wants no more notices (410), and was switched off by itself. What "
            "happens meanwhile is kept; ask whoever runs it, then switch it on again."
        ),
        (
            "Respondió que no quiere más avisos (410) y se apagó solo. Lo que pasa mientras tanto "
            "se guarda; pregunte a quien lo maneja y enciéndalo de nuevo."
        ),
    ),
    "office.sub.now": ("How it stands", "Cómo está"),
    "office.sub.waiting": ("Waiting", "En espera"),
    "office.sub.oldest": ("Oldest waiting", "El más antiguo en espera"),
    "office.sub.disabled_at": ("Switched off", "Apagado"),
    "office.sub.both_until": ("Old secret signs until", "El secreto anterior firma hasta"),
    "office.sub.ping": ("Send a test", "Enviar una prueba"),
    "office.sub.enable": ("Switch on", "Encender"),
    "office.sub.disable": ("Switch off", "Apagar"),
    "office.sub.rotate": ("New secret", "Secreto nuevo"),
    "office.sub.made": ("Added. Copy its secret now", "Agregado. Copie ahora su secreto"),
    "office.sub.secret_why": (
        (
            "Give it to whoever runs the other system: it shows that a notice is really from you. "
            "It is shown this once and never again."
        ),
        (
            "Déselo a quien maneja el otro sistema: demuestra que un aviso es de ustedes. Se "
            "muestra esta única vez."
        ),
    ),
    "office.sub.rotated": ("The new secret. Copy it now", "El secreto nuevo. Cópielo ahora"),
    "office.sub.rotated_why": (
        (
            "For 24 hours every notice is signed with both, so there is time to change it there. "
            "It is shown this once and never again."
        ),
        (
            "Durante 24 horas cada aviso se firma con los dos, así hay tiempo de cambiarlo allá. "
            "Se muestra esta única vez."
        ),
    ),
    "office.secret": ("Secret", "Secreto"),
    "office.sub.done.pinged": (
        "The test is on its way. Its answer comes up below within seconds.",
        "La prueba va en camino. La respuesta aparece abajo en segundos.",
    ),
    "office.sub.done.replayed": (
        "{count} notices are on their way again.",
        "{count} avisos van en camino otra vez.",
    ),
    "office.sub.done.replayed_one": ("It is on its way again.", "Va en camino otra vez."),
    "office.sub.done.changed": ("Saved.", "Guardado."),
    "office.sub.done.enabled": (
        "It is switched on; what was kept goes out now.",
        "Encendido; lo guardado sale ahora.",
    ),
    "office.sub.done.disabled": ("It is switched off; notices are kept.", "Apagado; los avisos se guardan."),
    "office.sub.deliveries": ("What was sent", "Lo enviado"),
    "office.sub.only": ("Show only", "Mostrar solo"),
    "office.sub.no_deliveries": (
        "Nothing here. Notices come up as soon as something happens at the clinic.",
        "Aquí no hay nada. Los avisos aparecen en cuanto pasa algo en la clínica.",
    ),
    "office.sub.number": ("no. {number}", "n.º {number}"),
    "office.sub.attempts_n": ("Tries: {count}", "Intentos: {count}"),
    "office.sub.took": ("{ms} ms", "{ms} ms"),
    "office.sub.next_at": ("Tried again: {at}", "Se intenta de nuevo: {at}"),
    "office.sub.replay_one": ("Send again", "Enviar otra vez"),
    "office.delivery.waiting": ("On its way", "En camino"),
    "office.delivery.delivered": ("Arrived", "Llegó"),
    "office.delivery.failed": ("Not taken yet", "Aún no aceptado"),
    "office.delivery.dead": ("Given up", "Abandonado"),
    "office.delivery.withheld": ("Not sent: no consent", "No enviado: sin consentimiento"),
    "office.attempt.delivered": ("Arrived", "Llegó"),
    "office.attempt.failed": ("Not taken", "No aceptado"),
    "office.attempt.gone": ("Wants no more notices", "No quiere más avisos"),
    "office.attempt.withheld": ("Not sent: no consent in force", "No enviado: sin consentimiento vigente"),
    "office.attempt.refused": (
        "Not sent: its address is not allowed",
        "No enviado: su dirección no se permite",
    ),
    "office.sub.replay": ("Send a range again", "Enviar otra vez un período"),
    "office.sub.replay_why": (
        (
            "For when the other system lost something. Each notice goes out with its own id, so "
            "what is there already is known there."
        ),
        (
            "Para cuando el otro sistema perdió algo. Cada aviso sale con su propio identificador, "
            "así se reconoce lo que ya está."
        ),
    ),
    "office.sub.undelivered": ("Only what has not arrived", "Solo lo que no llegó"),
    "office.sub.replay_do": ("Send again", "Enviar otra vez"),
    "office.sub.change": ("Change it", "Cambiarlo"),
    "office.sub.delete": ("Delete", "Eliminar"),
    "office.sub.delete_sure": (
        "Yes, delete it for good. What it was told stays on record.",
        "Sí, eliminarlo para siempre. Lo que se le avisó queda registrado.",
    ),
}
