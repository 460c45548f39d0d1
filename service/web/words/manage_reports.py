"""Texts of the overview and the reports."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.over.title": ("Overview", "Resumen"),
    "manage.over.first": ("Do this first", "Haz esto primero"),
    "manage.over.first_why": (
        "Each step takes a few minutes. Nothing is paid until a program is published and somebody is in it.",
        "Cada paso toma unos minutos. No se paga nada hasta que haya un programa publicado y alguien en él.",
    ),
    "manage.over.step.program": ("Publish a program", "Publicar un programa"),
    "manage.over.step_why.program": (
        "What is earned for what. There are tested ones to begin with.",
        "Qué se gana y por qué. Hay programas probados para empezar.",
    ),
    "manage.over.step_do.program": ("To the programs", "Ir a programas"),
    "manage.over.step.shelf": ("Put rewards on the shelf", "Poner recompensas en el estante"),
    "manage.over.step_why.shelf": (
        "What people can get for what they earn.",
        "Lo que se puede obtener con lo ganado.",
    ),
    "manage.over.step_do.shelf": ("To the shelf", "Ir al estante"),
    "manage.over.step.people": ("Enroll the first person", "Inscribir a la primera persona"),
    "manage.over.step_why.people": (
        "At the front desk, or with an import.",
        "En recepción o con una importación.",
    ),
    "manage.over.step_do.people": ("To the front desk", "Ir a recepción"),
    "manage.over.waits": ("Waiting for you", "Lo que te espera"),
    "manage.over.nothing": ("Nothing waits. Well done.", "Nada pendiente. Bien hecho."),
    "manage.over.tile.approvals": ("to approve", "por aprobar"),
    "manage.over.tile.redemptions": ("rewards to hand over", "recompensas por entregar"),
    "manage.over.tile.messages": ("messages to look at", "mensajes por revisar"),
    "manage.over.tile.providers": ("providers to look at", "proveedores por revisar"),
    "manage.over.tile.stock": ("rewards running out", "recompensas por agotarse"),
    "manage.over.tile.subscribers": ("subscribers not answering", "suscriptores que no responden"),
    "manage.over.expected": ("Still expected", "Aún se esperan"),
    "manage.over.came": ("Came", "Vinieron"),
    "manage.over.this_week": ("This week (people: {count})", "Esta semana (personas: {count})"),
    "manage.over.chart": ("Earned by week, less what was taken back", "Ganado por semana, menos lo retirado"),
    "manage.as_table": ("As a table", "Como tabla"),
    "manage.rep.lead": (
        "From {since} to {until}. Nobody is named here.",
        "Del {since} al {until}. Aquí no se nombra a nadie.",
    ),
    "manage.rep.tax": ("Tax year", "Año fiscal"),
    "manage.rep.print_hint": (
        "Your browser prints this page without its forms.",
        "Tu navegador imprime esta página sin formularios.",
    ),
    "manage.rep.program": ("Program", "Programa"),
    "manage.rep.funding": ("Who pays", "Quién paga"),
    "manage.rep.own_money": ("The clinic itself", "La propia clínica"),
    "manage.rep.by_hand": ("By hand", "Manual"),
    "manage.rep.paid": ("What was earned", "Lo ganado"),
    "manage.rep.to_people": ("Earned (people: {count})", "Ganado (personas: {count})"),
    "manage.rep.handed_over": ("Handed over", "Entregado"),
    "manage.rep.in_kind": (
        "Worth of what was given for points and as prizes",
        "Valor de lo dado por puntos y como premios",
    ),
    "manage.rep.openings": (
        "Brought over from another system beside it: {available} to spend, {paid} paid, {people} people.",
        "Además, traído de otro sistema: {available} por usar, {paid} pagado antes, {people} personas.",
    ),
    "manage.rep.unvalued": (
        "Given without a known worth: {count}. They are in no sum of money.",
        "Entregas sin valor conocido: {count}. No están en ninguna suma de dinero.",
    ),
    "manage.rep.by_week": ("Earned by week", "Ganado por semana"),
    "manage.rep.by.week": (
        "By week; each begins on the Monday shown",
        "Por semana; cada una empieza el lunes indicado",
    ),
    "manage.rep.by.program": ("By program", "Por programa"),
    "manage.rep.by.funding": ("By who pays", "Por quién paga"),
    "manage.rep.week": ("Week of", "Semana del"),
    "manage.rep.credited": ("Credited", "Acreditado"),
    "manage.rep.taken_back": ("Taken back", "Retirado"),
    "manage.rep.net": ("Net", "Neto"),
    "manage.rep.people": ("People", "Personas"),
    "manage.rep.nothing_paid": (
        "Nothing was earned in these days. Choose other days above.",
        "No se ganó nada en estos días. Elige otros días arriba.",
    ),
    "manage.rep.fidelity": ("How the work goes", "Cómo va el trabajo"),
    "manage.rep.fidelity_why": (
        (
            "Rewards work best when they come at once and every time. Where two times stand, half "
            "were quicker than the first and nine of ten than the second."
        ),
        (
            "Las recompensas funcionan mejor si llegan de inmediato y siempre. Donde hay dos "
            "tiempos, la mitad fue más rápida que el primero y nueve de diez que el segundo."
        ),
    ),
    "manage.rep.measure": ("Measure", "Medida"),
    "manage.rep.value": ("Value", "Valor"),
    "manage.rep.meaning": ("What it says", "Qué significa"),
    "manage.rep.m.recorded": ("From the result to the reward", "Del resultado a la recompensa"),
    "manage.rep.why.recorded": (
        "From when it happened to when it was recorded and credited.",
        "Desde que ocurrió hasta que se registró y acreditó.",
    ),
    "manage.rep.m.given": ("From asking to handing over", "De pedirla a entregarla"),
    "manage.rep.why.given": ("{count} rewards were handed over.", "Se entregaron {count} recompensas."),
    "manage.rep.why.given:1": ("1 reward was handed over.", "Se entregó 1 recompensa."),
    "manage.rep.m.attendance": ("People came", "Asistencia"),
    "manage.rep.why.attendance": (
        "{came} visits, and {missed} to which nobody came.",
        "{came} visitas y {missed} a las que nadie vino.",
    ),
    "manage.rep.m.earning": ("Visits that earned", "Visitas que ganaron"),
    "manage.rep.why.earning": (
        "{count} visits had the outcome that earns.",
        "{count} visitas tuvieron el resultado que gana.",
    ),
    "manage.rep.why.earning:1": (
        "1 visit had the outcome that earns.",
        "1 visita tuvo el resultado que gana.",
    ),
    "manage.rep.m.resets": ("Ladders that began again", "Escaleras que empezaron de nuevo"),
    "manage.rep.why.resets": (
        "After a miss the next amount is smaller for a while.",
        "Tras una falta, el siguiente monto es menor por un tiempo.",
    ),
    "manage.rep.m.recoveries": ("Back to where they were", "De vuelta donde estaban"),
    "manage.rep.why.recoveries": (
        "After a few visits in a row the earlier amount is back.",
        "Tras unas visitas seguidas vuelve el monto anterior.",
    ),
    "manage.rep.no_number": ("none yet", "aún no hay"),
    "manage.rep.under_minute": ("under 1 min", "menos de 1 min"),
    "manage.rep.minutes": ("{count} min", "{count} min"),
    "manage.rep.hours": ("{count} h", "{count} h"),
    "manage.rep.days": ("{count} days", "{count} días"),
    "manage.rep.days:1": ("1 day", "1 día"),
    "manage.rep.another": ("Second visits of a day", "Segundas visitas de un día"),
    "manage.rep.another_why": (
        "Somebody said that a second visit of the same day was meant. Each was paid by the rules.",
        "Alguien indicó que era otra visita del mismo día. Cada una se pagó según las reglas.",
    ),
    "manage.rep.another_day": ("Day", "Día"),
    "manage.rep.another_person": ("Person", "Persona"),
    "manage.rep.another_target": ("Target", "Objetivo"),
    "manage.rep.another_first": ("First", "Primera"),
    "manage.rep.another_second": ("Second", "Segunda"),
    "manage.rep.caps": ("Caps", "Topes"),
    "manage.rep.cap": ("Cap", "Tope"),
    "manage.rep.near": ("People near it (80%)", "Personas cerca (80 %)"),
    "manage.rep.reached": ("People who reached it", "Personas que lo alcanzaron"),
    "manage.rep.no_caps": ("No caps held in these days.", "No hubo topes en estos días."),
    "manage.rep.per.event": ("a visit", "por visita"),
    "manage.rep.per.day": ("a day", "por día"),
    "manage.rep.per.week": ("a week", "por semana"),
    "manage.rep.per.month": ("a month", "por mes"),
    "manage.rep.per.year": ("a year", "por año"),
    "manage.rep.per.enrollment": ("an enrollment", "por inscripción"),
    "manage.tax.title": ("Paid in {year}", "Pagado en {year}"),
    "manage.tax.lead": (
        (
            "What each person was credited in money in the year of payment, and the worth of what they were "
            "given for points and as prizes. {threshold} or more is to be reported."
        ),
        (
            "Lo acreditado en dinero a cada persona en el año de pago, y el valor de lo que se le dio por "
            "puntos y como premios. Desde {threshold} se debe declarar."
        ),
    ),
    "manage.tax.year": ("Year", "Año"),
    "manage.tax.person": ("Person", "Persona"),
    "manage.tax.in_kind": ("In kind", "En especie"),
    "manage.tax.brought_over": ("{amount} of it brought over", "{amount} traído de otro sistema"),
    "manage.tax.unvalued": ("{count} without a known worth", "{count} sin valor conocido"),
    "manage.tax.reached": ("To be reported", "Se debe declarar"),
    "manage.tax.yes": ("Yes", "Sí"),
    "manage.tax.no": ("No", "No"),
    "manage.tax.none": ("Nobody was paid anything in this year.", "No se pagó nada a nadie en este año."),
}
