"""What the overview and the reports say."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "office.over.title": ("Overview", "Resumen"),
    "office.over.first": ("Do this first", "Primero haga esto"),
    "office.over.first_why": (
        "Each step takes a few minutes. Nothing is paid until a program is published and somebody is in it.",
        "Cada paso toma unos minutos. No se paga nada hasta que haya un programa publicado y alguien en él.",
    ),
    "office.over.step.program": ("Publish a program", "Publicar un programa"),
    "office.over.step_why.program": (
        "What is earned for what. There are tested ones to begin with.",
        "Qué se gana y por qué. Hay programas probados para empezar.",
    ),
    "office.over.step_do.program": ("To the programs", "Ir a programas"),
    "office.over.step.shelf": ("Put rewards on the shelf", "Poner recompensas en el estante"),
    "office.over.step_why.shelf": (
        "What people can get for what they earn.",
        "Lo que se puede obtener con lo ganado.",
    ),
    "office.over.step_do.shelf": ("To the shelf", "Ir al estante"),
    "office.over.step.people": ("Enroll the first person", "Inscribir a la primera persona"),
    "office.over.step_why.people": (
        "At the front desk, or with an import.",
        "En recepción o con una importación.",
    ),
    "office.over.step_do.people": ("To the front desk", "Ir a recepción"),
    "office.over.waits": ("What waits for you", "Lo que le espera"),
    "office.over.nothing": ("Nothing waits. Well done.", "Nada pendiente. Bien hecho."),
    "office.over.tile.approvals": ("to approve", "por aprobar"),
    "office.over.tile.redemptions": ("rewards to hand over", "recompensas por entregar"),
    "office.over.tile.messages": ("messages to look at", "mensajes por revisar"),
    "office.over.tile.stock": ("rewards running out", "recompensas por agotarse"),
    "office.over.tile.subscribers": ("subscribers not answering", "suscriptores que no responden"),
    "office.over.expected": ("Still expected", "Aún se esperan"),
    "office.over.came": ("Came", "Vinieron"),
    "office.over.this_week": ("This week (people: {count})", "Esta semana (personas: {count})"),
    "office.over.chart": ("Earned by week, less what was taken back", "Ganado por semana, menos lo retirado"),
    "office.as_table": ("As a table", "Como tabla"),
    "office.rep.lead": (
        "From {since} to {until}. Nobody is named here.",
        "Del {since} al {until}. Aquí no se nombra a nadie.",
    ),
    "office.rep.tax": ("Tax year", "Año fiscal"),
    "office.rep.print_hint": (
        "Your browser prints this page without its forms.",
        "Su navegador imprime esta página sin formularios.",
    ),
    "office.rep.program": ("Program", "Programa"),
    "office.rep.funding": ("Who pays", "Quién paga"),
    "office.rep.own_money": ("The clinic itself", "La propia clínica"),
    "office.rep.by_hand": ("By hand", "Manual"),
    "office.rep.paid": ("What was earned", "Lo ganado"),
    "office.rep.to_people": ("Earned (people: {count})", "Ganado (personas: {count})"),
    "office.rep.handed_over": ("Handed over", "Entregado"),
    "office.rep.by_week": ("Earned by week", "Ganado por semana"),
    "office.rep.by.week": (
        "By week; each begins on the Monday shown",
        "Por semana; cada una empieza el lunes indicado",
    ),
    "office.rep.by.program": ("By program", "Por programa"),
    "office.rep.by.funding": ("By who pays", "Por quién paga"),
    "office.rep.week": ("Week of", "Semana del"),
    "office.rep.credited": ("Credited", "Acreditado"),
    "office.rep.taken_back": ("Taken back", "Retirado"),
    "office.rep.net": ("Net", "Neto"),
    "office.rep.people": ("People", "Personas"),
    "office.rep.nothing_paid": (
        "Nothing was earned in these days. Choose other days above.",
        "No se ganó nada en estos días. Elige otros días arriba.",
    ),
    "office.rep.fidelity": ("How the work goes", "Cómo va el trabajo"),
    "office.rep.fidelity_why": (
        (
            "Rewards work best when they come at once and every time. Where two times stand, half "
            "were quicker than the first and nine of ten than the second."
        ),
        (
            "Las recompensas funcionan mejor si llegan de inmediato y siempre. Donde hay dos "
            "tiempos, la mitad fue más rápida que el primero y nueve de diez que el segundo."
        ),
    ),
    "office.rep.measure": ("Measure", "Medida"),
    "office.rep.value": ("Value", "Valor"),
    "office.rep.meaning": ("What it says", "Qué significa"),
    "office.rep.m.recorded": ("From the result to the reward", "Del resultado a la recompensa"),
    "office.rep.why.recorded": (
        "From when it happened to when it was recorded and credited.",
        "Desde que ocurrió hasta que se registró y acreditó.",
    ),
    "office.rep.m.given": ("From asking to handing over", "De pedirla a entregarla"),
    "office.rep.why.given": ("{count} rewards were handed over.", "Se entregaron {count} recompensas."),
    "office.rep.why.given:1": ("1 reward was handed over.", "Se entregó 1 recompensa."),
    "office.rep.m.attendance": ("People came", "Asistencia"),
    "office.rep.why.attendance": (
        "{came} visits, and {missed} to which nobody came.",
        "{came} visitas y {missed} a las que nadie vino.",
    ),
    "office.rep.m.earning": ("Visits that earned", "Visitas que ganaron"),
    "office.rep.why.earning": (
        "{count} visits had the outcome that earns.",
        "{count} visitas tuvieron el resultado que gana.",
    ),
    "office.rep.why.earning:1": (
        "1 visit had the outcome that earns.",
        "1 visita tuvo el resultado que gana.",
    ),
    "office.rep.m.resets": ("Ladders that began again", "Escaleras que empezaron de nuevo"),
    "office.rep.why.resets": (
        "After a miss the next amount is smaller for a while.",
        "Tras una falta, el siguiente monto es menor por un tiempo.",
    ),
    "office.rep.m.recoveries": ("Back to where they were", "De vuelta donde estaban"),
    "office.rep.why.recoveries": (
        "After a few visits in a row the earlier amount is back.",
        "Tras unas visitas seguidas vuelve el monto anterior.",
    ),
    "office.rep.no_number": ("none yet", "aún no hay"),
    "office.rep.under_minute": ("under 1 min", "menos de 1 min"),
    "office.rep.minutes": ("{count} min", "{count} min"),
    "office.rep.hours": ("{count} h", "{count} h"),
    "office.rep.days": ("{count} days", "{count} días"),
    "office.rep.days:1": ("1 day", "1 día"),
    "office.rep.caps": ("Caps", "Topes"),
    "office.rep.cap": ("Cap", "Tope"),
    "office.rep.near": ("People near it (80%)", "Personas cerca (80 %)"),
    "office.rep.reached": ("People who reached it", "Personas que lo alcanzaron"),
    "office.rep.no_caps": ("No caps held in these days.", "No hubo topes en estos días."),
    "office.rep.per.event": ("a visit", "por visita"),
    "office.rep.per.day": ("a day", "por día"),
    "office.rep.per.week": ("a week", "por semana"),
    "office.rep.per.month": ("a month", "por mes"),
    "office.rep.per.year": ("a year", "por año"),
    "office.rep.per.enrollment": ("an enrollment", "por inscripción"),
    "office.tax.title": ("Paid in {year}", "Pagado en {year}"),
    "office.tax.lead": (
        (
            "What each person was credited in money in the year of payment. {threshold} or more is "
            "to be reported."
        ),
        "Lo acreditado en dinero a cada persona en el año de pago. Desde {threshold} se debe declarar.",
    ),
    "office.tax.year": ("Year", "Año"),
    "office.tax.person": ("Person", "Persona"),
    "office.tax.reached": ("To be reported", "Se debe declarar"),
    "office.tax.yes": ("Yes", "Sí"),
    "office.tax.no": ("No", "No"),
    "office.tax.none": ("Nobody was paid anything in this year.", "No se pagó nada a nadie en este año."),
}
