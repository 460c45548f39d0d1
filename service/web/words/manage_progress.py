"""Texts of the page that says who stays, who comes, and what it costs."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.prog.title": ("Who stays, and what it costs", "Quién sigue y cuánto cuesta"),
    "manage.prog.lead": (
        "From {since} to {until}. Sums and shares only: nobody is named.",
        "Del {since} al {until}. Solo sumas y partes: no se nombra a nadie.",
    ),
    "manage.prog.than_since": ("Compare with: from", "Comparar con: desde"),
    "manage.prog.than_until": ("to", "hasta"),
    "manage.prog.than_hint": (
        "Empty: as many days, just before.",
        "Vacío: el mismo número de días, justo antes.",
    ),
    "manage.prog.periods": ("Two periods side by side", "Dos periodos lado a lado"),
    "manage.prog.these": ("These days", "Estos días"),
    "manage.prog.others": ("The others", "Los otros"),
    "manage.prog.now": ("{since} to {until}", "{since} a {until}"),
    "manage.prog.p.people": ("People who earned", "Personas que ganaron"),
    "manage.prog.p.net": ("Earned", "Ganado"),
    "manage.prog.p.by_person": ("Earned by a person", "Ganado por persona"),
    "manage.prog.p.by_success": ("Earned by a visit that earned", "Ganado por visita que ganó"),
    "manage.prog.p.came": ("Visits that people came to", "Visitas a las que vinieron"),
    "manage.prog.p.attendance": ("Of the visits, people came to", "De las visitas, vinieron a"),
    "manage.prog.p.success": (
        "Of those, had the outcome that earns",
        "De esas, tuvieron el resultado que gana",
    ),
    "manage.prog.p.recorded": ("Result to reward (median)", "Del resultado a la recompensa (mediana)"),
    "manage.prog.p.given": ("Asking to hand-over (median)", "De pedirla a entregarla (mediana)"),
    "manage.prog.kept": ("Who stays", "Quién sigue"),
    "manage.prog.kept_why": (
        (
            "Of everybody who began in these days and for whom a program week is over, how many came in it "
            "or later. A week counts only for programs that have it."
        ),
        (
            "De quienes empezaron en estos días y ya pasaron una semana del programa, cuántas personas "
            "vinieron en ella o después. Una semana cuenta solo para los programas que la tienen."
        ),
    ),
    "manage.prog.kept_chart": ("Who stays, by program week", "Quién sigue, por semana del programa"),
    "manage.prog.none_began": (
        "Nobody began in these days long enough ago.",
        "Nadie empezó en estos días hace suficiente tiempo.",
    ),
    "manage.prog.program_week": ("Program week", "Semana del programa"),
    "manage.prog.began": ("Began", "Empezaron"),
    "manage.prog.still": ("Still coming", "Siguen viniendo"),
    "manage.prog.share": ("Share", "Parte"),
    "manage.prog.published": ("Published figures", "Cifras publicadas"),
    "manage.prog.published_why": (
        (
            "Completed treatment in public trials for stimulants: with incentives, and without. People and "
            "programs differ; they are a yardstick, not a target."
        ),
        (
            "Completaron el tratamiento en ensayos públicos sobre estimulantes: con incentivos y sin ellos. "
            "Las personas y los programas difieren; son una referencia, no una meta."
        ),
    ),
    "manage.prog.weeks_of": ("Weeks", "Semanas"),
    "manage.prog.with": ("With incentives", "Con incentivos"),
    "manage.prog.without": ("Without", "Sin ellos"),
    "manage.prog.source": ("Source", "Fuente"),
    "manage.prog.weeks": ("Visits by week and program", "Visitas por semana y programa"),
    "manage.prog.weeks_chart": (
        "Visits that people came to, by week",
        "Visitas a las que vinieron, por semana",
    ),
    "manage.prog.success_chart": (
        "Visits with the outcome that earns, by week",
        "Visitas con el resultado que gana, por semana",
    ),
    "manage.prog.came": ("Came", "Vinieron"),
    "manage.prog.missed": ("Nobody came", "Nadie vino"),
    "manage.prog.earning": ("Outcome that earns", "Resultado que gana"),
    "manage.prog.percent": ("{count}%", "{count} %"),
    "manage.prog.no_visits": ("No visits in these days.", "No hubo visitas en estos días."),
    "manage.prog.file.weeks": ("Weeks as CSV", "Semanas en CSV"),
    "manage.prog.file.stays": ("Who stays as CSV", "Quién sigue en CSV"),
    "manage.prog.file.periods": ("Periods as CSV", "Periodos en CSV"),
}
