"""Texts on who did what, on the rules of a second person, and on second looks."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.deeds.title": ("Who did what", "Quién hizo qué"),
    "manage.deeds.lead": (
        "What each person recorded, corrected and handed out from {since} to {until}.",
        "Lo que cada persona registró, corrigió y entregó del {since} al {until}.",
    ),
    "manage.deeds.people": ("By person", "Por persona"),
    "manage.deeds.odd_means": (
        (
            "Late records, second visits of a day, own corrections and contacts that nobody confirmed come "
            "first. None is wrong by itself."
        ),
        (
            "Primero, lo registrado tarde, segundas visitas, correcciones propias y contactos que nadie "
            "confirmó. Nada está mal por sí solo."
        ),
    ),
    "manage.deeds.who": ("Who", "Quién"),
    "manage.deeds.odd": ("To look at", "Para revisar"),
    "manage.deeds.recorded": ("Visits recorded", "Visitas registradas"),
    "manage.deeds.late": ("Late", "Tarde"),
    "manage.deeds.another": ("Second of a day", "Segunda del día"),
    "manage.deeds.corrected": ("Corrected", "Corregidas"),
    "manage.deeds.own": ("Of their own", "De las propias"),
    "manage.deeds.given": ("Handed out", "Entregado"),
    "manage.deeds.nameless": ("Without a name", "Sin nombre"),
    "manage.deeds.nothing": ("Nothing was done on these days.", "No se hizo nada en estos días."),
    "manage.deeds.each": ("What they did", "Lo que hizo"),
    "manage.deeds.more": (
        "There is more than is shown: choose fewer days.",
        "Hay más de lo que se muestra: elige menos días.",
    ),
    "manage.deeds.did.recorded": ("Recorded a visit", "Registró una visita"),
    "manage.deeds.did.given": ("Handed out a reward", "Entregó una recompensa"),
    "manage.deeds.welcomed": ("Welcomes", "Bienvenidas"),
    "manage.deeds.welcomed_usd": (
        "Welcomes of all whom one person enrolls on a day, in dollars",
        "Bienvenidas de todas las personas que alguien inscribe en un día, en dólares",
    ),
    "manage.deeds.welcomed_points": ("The same in points", "Lo mismo en puntos"),
    "manage.deeds.did.welcomed": ("Enrolled somebody with a welcome", "Inscribió a alguien con bienvenida"),
    "manage.deeds.of.welcomed": ("opened {at}", "abierta {at}"),
    "manage.deeds.readdressed": ("Contacts changed", "Contactos cambiados"),
    "manage.deeds.did.readdressed": ("Changed a phone number or mail", "Cambió un teléfono o correo"),
    "manage.deeds.of.readdressed": ("since {at}", "desde {at}"),
    "manage.deeds.is.unconfirmed": ("confirmed by nobody", "nadie lo confirmó"),
    "manage.deeds.new_address": (
        "For how many hours a changed phone number or mail address is sent no sign-in code",
        "Cuántas horas no se envían códigos de entrada a un teléfono o correo cambiado",
    ),
    "manage.deeds.unread_hours": (
        "A number of hours, at most 720, or nothing.",
        "Un número de horas, 720 como máximo, o nada.",
    ),
    "manage.deeds.did.corrected": ("Corrected a visit", "Corrigió una visita"),
    "manage.deeds.of.recorded": ("the visit: {at}", "la visita: {at}"),
    "manage.deeds.of.given": ("asked for: {at}", "pedida: {at}"),
    "manage.deeds.of.corrected": ("the visit: {at}", "la visita: {at}"),
    "manage.deeds.is.late": ("late", "tarde"),
    "manage.deeds.is.much": ("much in a day", "mucho en un día"),
    "manage.deeds.is.another": ("second of a day", "segunda del día"),
    "manage.deeds.is.own": ("their own record", "registro propio"),
    "manage.deeds.rules": ("When a second person is asked for", "Cuándo se pide una segunda persona"),
    "manage.deeds.rules_why": (
        "All is recorded at once. What goes beyond this is handed out after somebody else's look.",
        "Todo se registra al momento. Lo que pasa de aquí se entrega tras revisarlo otra persona.",
    ),
    "manage.deeds.rules_alone": (
        (
            "A manager and a program are asked about only where somebody else on the staff could look. What "
            "one person did alone is in the table above in any case."
        ),
        (
            "A la gerencia y a los programas solo se les pregunta si otra persona del equipo puede revisar. "
            "Lo que hizo cada persona por su cuenta siempre está en la tabla de arriba."
        ),
    ),
    "manage.deeds.rules_own": (
        (
            "You set these rules yourself. Where they are looser than before, they hold for you once another "
            "manager has saved them too."
        ),
        (
            "Estas reglas las pusiste tú. Donde piden menos que antes, valen para ti cuando otra persona de "
            "la gerencia también las guarde."
        ),
    ),
    "manage.deeds.roles": ("Whose records are asked about", "De quién son los registros"),
    "manage.deeds.record_within": (
        "Days after a visit to record it",
        "Días para registrar una visita",
    ),
    "manage.deeds.enroll_within": (
        "Days after the first day to enroll",
        "Días para inscribir desde el primer día",
    ),
    "manage.deeds.recorded_usd": (
        "Recorded by one person for one participant on a day, in dollars",
        "Registrado por una persona para alguien en un día, en dólares",
    ),
    "manage.deeds.recorded_points": ("The same in points", "Lo mismo en puntos"),
    "manage.deeds.given_usd": (
        "Handed out by one person to one participant on a day, in dollars",
        "Entregado por una persona a alguien en un día, en dólares",
    ),
    "manage.deeds.given_points": ("The same in points", "Lo mismo en puntos"),
    "manage.deeds.unseen_usd": (
        "Handed out in 7 days to people whom one person alone knows, in dollars",
        "Entregado en 7 días a personas que solo una persona del equipo conoce, en dólares",
    ),
    "manage.deeds.empty": ("Empty: no bound.", "Vacío: sin límite."),
    "manage.deeds.overturn_own": (
        "Whoever recorded a result may overturn it alone",
        "Quien registró un resultado puede cambiarlo por su cuenta",
    ),
    "manage.deeds.done": ("The new rules hold from now on.", "Las nuevas reglas valen desde ahora."),
    "manage.deeds.unread_days": (
        "Give whole days, 0 to 3,650, or leave it empty.",
        "Escribe días enteros, de 0 a 3650, o déjalo vacío.",
    ),
    "desk.look.title": ("A second look is due", "Falta una segunda mirada"),
    "desk.look.why": (
        "Somebody else looks at this before rewards are handed out. Whoever else hands them out has looked.",
        "Otra persona revisa esto antes de entregar recompensas. Si ella las entrega, queda revisado.",
    ),
    "desk.look.recorded_late": (
        "The visit of {since} was recorded on {at} by {who}",
        "La visita del {since} la registró {who} el {at}",
    ),
    "desk.look.recorded_much": (
        "{amount} was recorded on {at} by {who}",
        "{who} registró {amount} el {at}",
    ),
    "desk.look.enrolled_late": (
        "The enrollment from {since} was opened on {at} by {who}",
        "La inscripción desde el {since} la abrió {who} el {at}",
    ),
    "desk.look.welcomed_much": (
        "{who} enrolled people with {amount} in welcomes on {at}",
        "{who} inscribió con {amount} en bienvenidas el {at}",
    ),
    "desk.look.withdrew_spent": (
        "{who} took back {amount} on {at} that was handed out already",
        "{who} retiró el {at} {amount} que ya se había entregado",
    ),
    "desk.look.welcomed_again": (
        "A welcome was paid again for the enrollment that {who} opened on {at}",
        "Se volvió a pagar la bienvenida por la inscripción que {who} abrió el {at}",
    ),
    "desk.look.more": ("And {count} more", "Y {count} más"),
    "desk.look.somebody": ("somebody", "alguien"),
    "desk.look.own": (
        "You did some of this: ask a colleague to look.",
        "Parte de esto lo hiciste tú: pide a otra persona que lo revise.",
    ),
    "desk.look.go": ("I have looked, and it is right", "Lo he revisado y está bien"),
    "desk.person.looked": ("Looked at, and on record.", "Revisado y registrado."),
}
