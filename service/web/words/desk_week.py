"""Texts of the week, at the front desk."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk.week.title": ("Week", "Semana"),
    "desk.week.steps": ("Days", "Días"),
    "desk.week.before": ("Week before", "Semana anterior"),
    "desk.week.yesterday": ("Yesterday", "Ayer"),
    "desk.week.today": ("Today", "Hoy"),
    "desk.week.tomorrow": ("Tomorrow", "Mañana"),
    "desk.week.after": ("Week after", "Semana siguiente"),
    "desk.week.closed": ("Closed", "Cerrado"),
    "desk.week.count_missed": ("{count} did not come", "{count} sin venir"),
    "desk.week.count_expected": ("{count} expected", "{count} por venir"),
    "desk.week.count_came": ("{count} came", "{count} con visita"),
    "desk.week.count_excused": ("{count} excused", "{count} con justificación"),
    "desk.week.missed": ("Did not come", "No vino"),
    "desk.week.expected": ("Expected", "Por venir"),
    "desk.week.came": ("Came", "Vino"),
    "desk.week.excused": ("Excused", "Con justificación"),
    "desk.week.nobody": ("Nobody is expected on this day.", "No se espera a nadie este día."),
    "desk.week.more": (
        "The first {count} people are shown. Find the others on the day's list.",
        "Se muestran las primeras {count} personas. Busca a las demás en la lista del día.",
    ),
}
