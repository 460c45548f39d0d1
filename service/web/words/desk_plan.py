"""Texts of the front desk on single visits: moved, called off, one more, and somebody's calendar."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk.plan.title": ("Move or call off a visit", "Mover o cancelar una visita"),
    "desk.plan.more": ("One more visit", "Una visita más"),
    "desk.plan.which": ("Which visit", "Qué visita"),
    "desk.plan.choose": ("Choose a reason", "Elige un motivo"),
    "desk.plan.day": ("New day (to move it)", "Día nuevo (para moverla)"),
    "desk.plan.on": ("Day", "Día"),
    "desk.plan.day_needed": ("Choose the new day.", "Elige el día nuevo."),
    "desk.plan.move": ("Move the visit", "Mover la visita"),
    "desk.plan.call_off": ("Call it off", "Cancelarla"),
    "desk.plan.add": ("Add the visit", "Agregar la visita"),
    "desk.plan.says": (
        "A visit that is called off is not missed. Both stay on record.",
        "Una visita cancelada no cuenta como falta. Todo queda registrado.",
    ),
    "desk.plan.more_says": (
        "It counts by the program's rules when they come, and is never missed.",
        "Cuenta según las reglas del programa cuando la persona viene, y nunca es una falta.",
    ),
    "desk.plan.change": ("Move", "Mover"),
    "desk.plan.why.asked": ("They asked for it", "Lo pidió"),
    "desk.plan.why.unwell": ("Not well", "Mal de salud"),
    "desk.plan.why.travel": ("Away", "De viaje"),
    "desk.plan.why.clinic": ("The clinic needs it", "La clínica lo necesita"),
    "desk.plan.why.other": ("Another reason", "Otro motivo"),
    "desk.person.move": ("The visit was moved.", "La visita se movió."),
    "desk.person.call_off": ("The visit was called off.", "La visita se canceló."),
    "desk.person.add": ("The visit was added.", "La visita se agregó."),
    "desk.cal.title": ("Calendar", "Calendario"),
    "desk.cal.came": ("came", "vino"),
    "desk.cal.missed": ("missed", "faltó"),
    "desk.cal.expected": ("expected", "prevista"),
    "desk.cal.excused": ("excused", "justificada"),
    "desk.cal.closed": ("closed", "cerrado"),
    "desk.cal.canceled": ("called off", "cancelada"),
}
