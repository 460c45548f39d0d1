"""Texts of reminders: what a clinic sends, what somebody said about it, and what was sent."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "rem.title": ("Reminders", "Recordatorios"),
    "rem.lead": (
        (
            "Texts and mails before a visit, after a missed one and when something waits. They go only to "
            "people who said yes, and say nothing of what they are here for."
        ),
        (
            "Mensajes y correos antes de una visita, después de una falta y cuando algo espera. Van solo a "
            "quienes dijeron que sí, y no dicen por qué vienen."
        ),
    ),
    "rem.off": ("Nothing is sent now.", "Ahora no se envía nada."),
    "rem.saved": ("Saved. This holds from now on.", "Guardado. Vale desde ahora."),
    "rem.what": ("What to remind people of", "Qué recordar"),
    "rem.kind.before_visit": ("Before a visit", "Antes de una visita"),
    "rem.kind.after_miss": (
        "After a missed visit: we keep your place",
        "Después de una falta: te guardamos tu lugar",
    ),
    "rem.kind.waiting": ("When draws or a reward wait", "Cuando esperan sorteos o una recompensa"),
    "rem.when": ("When", "Cuándo"),
    "rem.hours_before": ("Hours before a visit", "Horas antes de una visita"),
    "rem.visits_begin": ("Visits without a time begin at", "Las visitas sin hora empiezan a las"),
    "rem.quiet_from": ("Send nothing from", "No enviar nada desde las"),
    "rem.quiet_until": ("until", "hasta las"),
    "rem.quiet_hint": (
        "What falls between goes out at the end of it, or before it where that would be too late.",
        "Lo que caiga entre esas horas sale al terminar, o antes si fuera demasiado tarde.",
    ),
    "rem.words": ("Words", "Palabras"),
    "rem.called": ("What you call yourselves in them", "Cómo se presentan ustedes"),
    "rem.called_hint": (
        "A name that gives nothing away, such as “Your care team”. Left empty, no name is said.",
        "Un nombre que no revele nada, como «Tu equipo». Vacío: no se dice ningún nombre.",
    ),
    "rem.replies": (
        "Answers to texts reach this service, so texts say “Reply STOP”",
        "Las respuestas llegan a este servicio, y los mensajes dicen «Responde STOP»",
    ),
    "rem.looks": ("How they read", "Así se leen"),
    "rem.save": ("Save", "Guardar"),
    "rem.sent": ("What was sent", "Lo enviado"),
    "rem.none": ("Nothing yet.", "Todavía nada."),
    "rem.to": ("To", "Para"),
    "rem.kind": ("What", "Qué"),
    "rem.status": ("What became of it", "Qué pasó"),
    "rem.status.in_hand": ("on its way", "en camino"),
    "rem.status.again": ("not taken yet, tried again", "no se aceptó aún, se intenta de nuevo"),
    "rem.status.sent": ("sent", "enviado"),
    "rem.status.not_sent": ("could not be sent", "no se pudo enviar"),
    "rem.status.unsure": ("not known; not sent again", "no se sabe; no se envía otra vez"),
    "rem.channel.text": ("by text", "por mensaje"),
    "rem.channel.email": ("by mail", "por correo"),
    "rem.kept": ("Visits kept, with a reminder and without", "Visitas cumplidas, con recordatorio y sin él"),
    "rem.kept_why": (
        (
            "Days on which somebody was expected, in the last {days} days. People who say yes may differ in "
            "other ways too."
        ),
        (
            "Días en que se esperaba a alguien, en los últimos {days} días. Quienes dicen que sí pueden ser "
            "distintos también en otras cosas."
        ),
    ),
    "rem.rep.with": ("Days kept after a reminder", "Días cumplidos tras un recordatorio"),
    "rem.rep.without": ("Days kept without one", "Días cumplidos sin recordatorio"),
    "rem.rep.why": (
        "{kept} of {all} days on which somebody was expected, in all programs.",
        "{kept} de {all} días en que se esperaba a alguien, en todos los programas.",
    ),
    "rem.with": ("With a reminder", "Con recordatorio"),
    "rem.without": ("Without", "Sin recordatorio"),
    "rem.kept_of": ("{kept} of {all}", "{kept} de {all}"),
    "rem.desk.yes": (
        "They said yes to reminders {how}.",
        "Dijo que sí a los recordatorios {how}.",
    ),
    "rem.desk.never": (
        "They did not say yes, so nothing is sent to them.",
        "No ha dicho que sí, así que no se le envía nada.",
    ),
    "rem.desk.no": ("They want no reminders.", "No quiere recordatorios."),
    "rem.desk.how.staff": ("They told the staff on {day}.", "Lo dijo al personal el {day}."),
    "rem.desk.how.portal": (
        "They said so on their own page on {day}.",
        "Lo dijo en su propia página el {day}.",
    ),
    "rem.desk.how.reply": ("They answered a text on {day}.", "Respondió a un mensaje el {day}."),
    "rem.desk.ask": (
        (
            "Ask them: “May we remind you of your visits? The words say nothing of what you are here for, "
            "and you can stop it any time.”"
        ),
        (
            "Pregunta: «¿Podemos recordarte tus visitas? El mensaje no dice por qué vienes, y puedes pararlo "
            "cuando quieras»."
        ),
    ),
    "rem.desk.text": ("Yes, by text", "Sí, por mensaje"),
    "rem.desk.email": ("Yes, by mail", "Sí, por correo"),
    "rem.desk.stop": ("No reminders", "Sin recordatorios"),
    "rem.desk.no_way": (
        "Neither a phone nor a mail address is on record. Write one down first.",
        "No hay teléfono ni correo registrados. Anota uno primero.",
    ),
    "rem.desk.done": ("Written down.", "Anotado."),
    "rem.own.title": ("Reminders for you", "Recordatorios para ti"),
    "rem.own.lead": (
        (
            "We can remind you of your visits. The words say nothing of what you come for. You decide, and "
            "you can change your mind any time."
        ),
        (
            "Podemos recordarte tus visitas. El mensaje no dice a qué vienes. Tú decides, y puedes cambiar "
            "de opinión cuando quieras."
        ),
    ),
    "rem.own.yes": ("You get reminders {how}.", "Recibes recordatorios {how}."),
    "rem.own.no": ("You get no reminders.", "No recibes recordatorios."),
    "rem.own.off": (
        "Your clinic sends no reminders at this time. What you choose is kept.",
        "Tu clínica no envía recordatorios por ahora. Lo que elijas queda guardado.",
    ),
    "rem.own.text": ("Remind me by text", "Recordarme por mensaje"),
    "rem.own.email": ("Remind me by mail", "Recordarme por correo"),
    "rem.own.stop": ("Stop reminders", "Parar los recordatorios"),
    "rem.own.no_way": (
        "We have no phone number or mail address of yours. Tell us one when you come.",
        "No tenemos tu teléfono ni tu correo. Dinos uno cuando vengas.",
    ),
    "rem.own.done": ("Done. We do as you say.", "Listo. Hacemos lo que dices."),
    "rem.own.looks": ("It reads like this", "Se lee así"),
    "rem.own.sent": ("What we sent you", "Lo que te enviamos"),
    "shared.nav.reminders": ("Reminders", "Recordatorios"),
    "shared.about.reminders": ("texts mails quiet hours STOP", "mensajes correos horas de silencio"),
    "manage.deed.reminder_in_hand": ("sent a reminder", "envió un recordatorio"),
    "manage.deed.reminders_set": ("set what people are reminded of", "cambió los recordatorios"),
    "manage.deed.reminders_leave_said": (
        "wrote down whether somebody may be reminded",
        "anotó si se puede recordar a alguien",
    ),
    "manage.deed.reminder_leave_read": (
        "read whether somebody may be reminded",
        "leyó si se puede recordar a alguien",
    ),
    "manage.deed.reminders_listed": ("saw reminders", "vio recordatorios"),
    "manage.deed.reminders_answered": ("took an answer to a text", "recibió una respuesta a un mensaje"),
}
