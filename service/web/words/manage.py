"""Texts of Manage, those of its larger pages in files of their own."""

from typing import Final

from service.web.words import (
    manage_approvals,
    manage_budgets,
    manage_consents,
    manage_deeds,
    manage_duplicates,
    manage_editor,
    manage_groups,
    manage_import_columns,
    manage_imports,
    manage_moves,
    manage_papers,
    manage_places,
    manage_progress,
    manage_providers,
    manage_records,
    manage_reports,
    manage_rewards,
    manage_shared,
    manage_shelf,
    manage_sources,
    manage_subscribers,
    manage_trials,
)

WORDS: Final[dict[str, tuple[str, str]]] = {
    **manage_consents.WORDS,
    **manage_deeds.WORDS,
    **manage_duplicates.WORDS,
    **manage_editor.WORDS,
    **manage_places.WORDS,
    **manage_budgets.WORDS,
    **manage_groups.WORDS,
    **manage_import_columns.WORDS,
    **manage_imports.WORDS,
    **manage_moves.WORDS,
    **manage_papers.WORDS,
    **manage_records.WORDS,
    **manage_reports.WORDS,
    **manage_rewards.WORDS,
    **manage_shared.WORDS,
    **manage_progress.WORDS,
    **manage_providers.WORDS,
    **manage_shelf.WORDS,
    **manage_approvals.WORDS,
    **manage_sources.WORDS,
    **manage_subscribers.WORDS,
    **manage_trials.WORDS,
    "manage.programs.lead": (
        (
            "A program says what each visit pays. A published version never changes; people keep "
            "the version they started with."
        ),
        (
            "Un programa dice cuánto paga cada visita. Una versión publicada no cambia nunca; "
            "cada persona sigue con la versión con la que empezó."
        ),
    ),
    "manage.programs.new": ("New program", "Programa nuevo"),
    "manage.programs.none": (
        (
            "There is no program yet. Start from one below: each is a published schedule, and "
            "you can change every number."
        ),
        (
            "Todavía no hay programas. Empieza con uno de abajo: cada uno es un esquema "
            "publicado y puedes cambiar todos los números."
        ),
    ),
    "manage.programs.starters": ("Start from a known schedule", "Empezar con un esquema conocido"),
    "manage.programs.starters_lead": (
        "Schedules from studies and health plans, with worked cases that are checked before you publish.",
        ("Esquemas de estudios y planes de salud, con casos resueltos que se comprueban antes de publicar."),
    ),
    "manage.programs.start_here": ("Start from this", "Empezar con este"),
    "manage.every_visit": ("If every visit earns", "Si todas las visitas ganan"),
    "manage.one_miss_recovery": ("One miss, then back", "Una falta y recupera"),
    "manage.one_miss_none": ("One miss, no recovery", "Una falta, sin recuperación"),
    "manage.one_miss": ("One miss", "Una falta"),
    "manage.recovery_worth": (
        "After a miss at visit {visit}, the way back is worth {amount}.",
        "Después de una falta en la visita {visit}, recuperarse vale {amount}.",
    ),
    "manage.all_targets": (
        "All targets together, every visit a success:",
        "Todos los objetivos juntos, todo con éxito:",
    ),
    "manage.visit_by_visit": ("Visit by visit", "Visita por visita"),
    "manage.visit": ("Visit", "Visita"),
    "manage.week": ("Week", "Semana"),
    "manage.perfect": ("No misses", "Sin faltas"),
    "manage.with_recovery": ("Back after a miss", "Recupera tras la falta"),
    "manage.without": ("Not back", "No recupera"),
    "manage.miss": ("miss", "falta"),
    "manage.total": ("Total", "Total"),
    "manage.welcome_in": (
        "The totals include the welcome of {amount}.",
        "Los totales incluyen la bienvenida de {amount}.",
    ),
    "manage.version_from": (
        "Version {version}, published {day}.",
        "Versión {version}, publicada el {day}.",
    ),
    "manage.people_in": ("People", "Personas"),
    "manage.people_count": ("People in this version: {count}.", "Personas en esta versión: {count}."),
    "manage.in_older": ("People in an older version: {count}", "Personas en una versión anterior: {count}"),
    "manage.not_newest": ("Version {version} is the newest.", "La versión {version} es la más nueva."),
    "manage.new_version": ("New version", "Versión nueva"),
    "manage.published": (
        "Version {version} is published. New people start in it; everybody else stays where they are.",
        (
            "La versión {version} está publicada. Las personas nuevas empiezan en ella; las "
            "demás siguen donde están."
        ),
    ),
    "manage.says": ("What it says", "Qué dice"),
    "manage.versions": ("Versions", "Versiones"),
    "manage.version": ("Version", "Versión"),
    "manage.since": ("Since", "Desde"),
    "manage.document": ("The document", "El documento"),
    "manage.pays": ("What it pays", "Qué paga"),
    "manage.target": ("Target", "Objetivo"),
    "manage.miss_at": ("Imagine a miss at visit", "Imaginar una falta en la visita"),
    "manage.show": ("Show", "Mostrar"),
    "manage.chart.title": ("What each visit pays, weeks {weeks}", "Qué paga cada visita, semanas {weeks}"),
    "manage.chart.missed": ("visit {visit} missed", "visita {visit}, falta"),
    "manage.said.week": ("Week {first}:", "Semana {first}:"),
    "manage.said.outcome_success": ("{outcome} counts as a success.", "{outcome} cuenta como logro."),
    "manage.said.outcome_failure": ("{outcome} counts as a miss.", "{outcome} cuenta como falta."),
    "manage.said.outcome_neutral": ("{outcome} changes nothing.", "{outcome} no cambia nada."),
    "manage.said.outcome_part": (
        "{outcome} counts as a success and pays {percent}% of the value due.",
        "{outcome} cuenta como logro y paga el {percent}% de lo que toca.",
    ),
    "manage.said.day": ("Day {first}:", "Día {first}:"),
    "manage.said.days": ("Days {first} to {last}:", "Días {first} a {last}:"),
    "manage.said.weeks": ("Weeks {first} to {last}:", "Semanas {first} a {last}:"),
    "manage.said.rate": ("{noun}, {amount} per {one}", "{noun}, {amount} por {one}"),
    "manage.said.each": ("The amounts are for each {one}.", "Las cantidades son por cada {one}."),
    "manage.said.flat": ("{noun}, {amount} each time.", "{noun}, {amount} cada vez."),
    "manage.said.every_one": (
        "{noun}, {start} the first time and {step} more each time in a row",
        "{noun}, {start} la primera vez y {step} más por cada vez seguida",
    ),
    "manage.said.every": (
        "{noun}, {start} the first time and {step} more after every {count} in a row",
        "{noun}, {start} la primera vez y {step} más después de cada {count} veces seguidas",
    ),
    "manage.said.every_week": (
        "{noun}, {start} the first week and {step} more after each week without a miss",
        "{noun}, {start} la primera semana y {step} más después de cada semana sin faltas",
    ),
    "manage.said.up_to": (", up to {most}.", ", hasta {most}."),
    "manage.said.table": (
        "{noun}, {values} one after another. The last amount repeats.",
        "{noun}, {values} en ese orden. La última cantidad se repite.",
    ),
    "manage.said.no_reset": (
        "A miss pays nothing and changes nothing else.",
        "Una falta no paga nada y no cambia nada más.",
    ),
    "manage.said.reset": ("After a miss it starts again.", "Después de una falta empieza de nuevo."),
    "manage.said.reset_rung": (
        "After a miss it goes back to step {step}.",
        "Después de una falta vuelve al paso {step}.",
    ),
    "manage.said.reset_back": (
        "After a miss it goes back {count} steps.",
        "Después de una falta retrocede {count} pasos.",
    ),
    "manage.said.reset_back:1": (
        "After a miss it goes back one step.",
        "Después de una falta retrocede un paso.",
    ),
    "manage.said.first": ("It opens at {amount} (step {step}).", "Empieza en {amount} (paso {step})."),
    "manage.said.anew": (
        "The steps begin again with these weeks.",
        "Los pasos empiezan de nuevo con estas semanas.",
    ),
    "manage.said.recovery_next_due": (
        "After {count} in a row, the next one pays the amount that was due when they missed.",
        "Después de {count} veces seguidas, la siguiente vez paga lo que tocaba cuando faltó.",
    ),
    "manage.said.recovery_next_due:1": (
        "After one success, the next pays what was due at the miss.",
        "Después de una vez con éxito, la siguiente vez paga lo que tocaba cuando faltó.",
    ),
    "manage.said.recovery_next_paid": (
        "After {count} in a row, the next one pays the last amount before the miss.",
        "Después de {count} veces seguidas, la siguiente vez paga lo último que se pagó antes de la falta.",
    ),
    "manage.said.recovery_next_paid:1": (
        "After one success, the next pays what was last paid before the miss.",
        "Después de una vez con éxito, la siguiente vez paga lo último que se pagó antes de la falta.",
    ),
    "manage.said.recovery_nth_due": (
        "The last of {count} in a row pays the amount that was due when they missed.",
        "La última de {count} veces seguidas paga lo que tocaba cuando faltó.",
    ),
    "manage.said.recovery_nth_due:1": (
        "The next success pays what was due at the miss.",
        "La siguiente vez con éxito paga lo que tocaba cuando faltó.",
    ),
    "manage.said.recovery_nth_paid": (
        "The last of {count} in a row pays the last amount before the miss.",
        "La última de {count} veces seguidas paga lo último que se pagó antes de la falta.",
    ),
    "manage.said.recovery_nth_paid:1": (
        "The next success pays what was last paid before the miss.",
        "La siguiente vez con éxito paga lo último que se pagó antes de la falta.",
    ),
    "manage.said.run": (
        "Every {count} in a row pays a bonus of {amount}.",
        "Cada {count} veces seguidas hay un bono de {amount}.",
    ),
    "manage.said.run:1": ("Each one pays {amount} more.", "Cada vez hay {amount} más."),
    "manage.said.run_at": (
        "{amount} more at these counts in a row: {at}.",
        "{amount} más al llegar a estas veces seguidas: {at}.",
    ),
    "manage.said.condition": (
        "Only on a day with a {noun} too.",
        "Solo en un día que también tenga esto: {noun}.",
    ),
    "manage.said.once": ("Each is paid once.", "Cada uno se paga una vez."),
    "manage.said.bonus_weeks": (
        "Only in weeks {first} to {last}.",
        "Solo en las semanas {first} a {last}.",
    ),
    "manage.said.week_bonus": (
        "Success number {count} in a week pays a bonus of {amount}.",
        "El éxito número {count} de una semana da un bono de {amount}.",
    ),
    "manage.said.week_bonus:1": (
        "The first success in a week pays a bonus of {amount}.",
        "El primer éxito de una semana da un bono de {amount}.",
    ),
    "manage.said.total": (
        "A bonus of {amount} when the total reaches: {at}.",
        "Un bono de {amount} cuando el total llega a: {at}.",
    ),
    "manage.said.visits_on": ("Expected on: {days}.", "Se espera: {days}."),
    "manage.said.visits": ("{count} visits a week are expected.", "Se esperan {count} visitas por semana."),
    "manage.said.visits:1": ("One visit a week is expected.", "Se espera una visita por semana."),
    "manage.said.visits_drawn": (
        "On {count} days a week, drawn by lot from {days}. Nobody knows a day before its morning.",
        "{count} días por semana, por sorteo entre: {days}. Nadie sabe el día antes de su mañana.",
    ),
    "manage.said.visits_drawn:1": (
        "On one day a week, drawn by lot from {days}. Nobody knows the day before its morning.",
        "Un día por semana, por sorteo entre: {days}. Nadie sabe el día antes de su mañana.",
    ),
    "manage.said.every_weeks": ("Only every {weeks} weeks.", "Solo cada {weeks} semanas."),
    "manage.said.first_day": ("Not on the first day.", "El primer día no."),
    "manage.said.missed_after": (
        "One that nobody comes to counts as missed {hours} hours after its day.",
        "Si nadie viene, cuenta como falta {hours} horas después de su día.",
    ),
    "manage.said.limit_day": (
        "At most {count} a day earn a reward.",
        "Como máximo {count} por día dan recompensa.",
    ),
    "manage.said.limit_day:1": (
        "At most 1 a day earns a reward.",
        "Como máximo 1 por día da recompensa.",
    ),
    "manage.said.limit_week": (
        "At most {count} a week earn a reward.",
        "Como máximo {count} por semana dan recompensa.",
    ),
    "manage.said.limit_week:1": (
        "At most 1 a week earns a reward.",
        "Como máximo 1 por semana da recompensa.",
    ),
    "manage.said.limit_month": (
        "At most {count} a month earn a reward.",
        "Como máximo {count} por mes dan recompensa.",
    ),
    "manage.said.limit_month:1": (
        "At most 1 a month earns a reward.",
        "Como máximo 1 por mes da recompensa.",
    ),
    "manage.said.limit_enrollment": (
        "At most {count} in all earn a reward.",
        "Como máximo {count} en total dan recompensa.",
    ),
    "manage.said.limit_enrollment:1": ("It is paid once.", "Se paga una sola vez."),
    "manage.said.cap": ("At most {amount} per {period}.", "Como máximo {amount} por {period}."),
    "manage.said.welcome": (
        "A welcome of {amount} on the first day.",
        "Una bienvenida de {amount} el primer día.",
    ),
    "manage.per.event": ("visit", "visita"),
    "manage.per.day": ("day", "día"),
    "manage.per.week": ("calendar week", "semana de calendario"),
    "manage.per.month": ("calendar month", "mes de calendario"),
    "manage.per.year": ("calendar year", "año de calendario"),
    "manage.per.enrollment": ("enrollment", "inscripción"),
    "manage.seeds.link": ("Draw seeds", "Semillas de sorteo"),
    "manage.move.open": ("See who, and move them", "Ver quiénes y moverlas"),
}
