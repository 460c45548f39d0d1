"""Texts of a program's forecast, of its design review, and of its back-test."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.forecast.title": (
        "What it will cost",
        "Qué costará",
    ),
    "manage.forecast.lead": (
        ("So many people start together and come as people in trials did. Each line is for all of them."),
        ("Tantas personas empiezan juntas y vienen como en los ensayos. Cada fila es para todas."),
    ),
    "manage.forecast.people": (
        "People who start together",
        "Personas que empiezan juntas",
    ),
    "manage.forecast.budget": (
        "Budget, if there is one",
        "Presupuesto, si lo hay",
    ),
    "manage.forecast.show": (
        "Forecast",
        "Calcular",
    ),
    "manage.forecast.month": (
        "Month",
        "Mes",
    ),
    "manage.forecast.low": (
        "At least, 19 times in 20",
        "Al menos, 19 de 20 veces",
    ),
    "manage.forecast.median": (
        "In the middle",
        "En el medio",
    ),
    "manage.forecast.high": (
        "At most, 19 times in 20",
        "Como máximo, 19 de 20 veces",
    ),
    "manage.forecast.expected": (
        "On average",
        "En promedio",
    ),
    "manage.forecast.greatest": (
        "Everybody every time",
        "Todas las personas siempre",
    ),
    "manage.forecast.all": (
        "In all",
        "En total",
    ),
    "manage.forecast.chart": (
        (
            "Cost by month for {people} people: each bar from one group in twenty to nineteen "
            "in twenty, with the middle one. The table has the numbers."
        ),
        (
            "Costo por mes de {people} personas: cada barra va de un grupo de cada veinte a "
            "diecinueve de cada veinte, con el del medio. La tabla tiene las cifras."
        ),
    ),
    "manage.forecast.over": (
        "Groups like this that spend more than {budget}: {percent} in 100.",
        "Grupos así que gastan más de {budget}: {percent} de cada 100.",
    ),
    "manage.forecast.cap": (
        "The cap of {amount} a {per} keeps {unpaid} from being paid, on average.",
        "El tope de {amount} por {per} deja sin pagar {unpaid} en promedio.",
    ),
    "manage.forecast.published": (
        ("As people came in three public trials: {percent} of a hundred come again the next week. {habits}"),
        (
            "Como vinieron en tres ensayos públicos: {percent} de cada cien vuelven la semana "
            "siguiente. {habits}"
        ),
    ),
    "manage.forecast.own": (
        ("As people came to this program here: {percent} of a hundred come again the next week. {habits}"),
        ("Como vinieron aquí a este programa: {percent} de cada cien vuelven la semana siguiente. {habits}"),
    ),
    "manage.forecast.habit": (
        "{behavior}: {good} of a hundred go well after one that did, {back} after a miss.",
        (
            "{behavior}: {good} de cada cien salen bien después de una que salió bien, {back} "
            "después de una falta."
        ),
    ),
    "manage.forecast.shelf": (
        "Prizes from the shelf are not counted.",
        "No se cuentan los premios del estante.",
    ),
    "manage.forecast.imagined": (
        "{count} people were imagined. It is a forecast and no promise.",
        "Se imaginaron {count} personas. Es un cálculo y no una promesa.",
    ),
    "manage.forecast.unread": (
        "Write how many people, from 1 to {most}, and a budget as an amount.",
        "Escribe cuántas personas, de 1 a {most}, y el presupuesto como una cantidad.",
    ),
    "manage.evidence.title": (
        "Beside the evidence",
        "Junto a los estudios",
    ),
    "manage.evidence.lead": (
        "What studies say, and how this program stands. It is advice; you decide.",
        "Qué dicen los estudios y cómo está este programa. Es un consejo; tú decides.",
    ),
    "manage.evidence.in_line": (
        "As in the evidence",
        "Como en los estudios",
    ),
    "manage.evidence.look": (
        "Look again",
        "Míralo otra vez",
    ),
    "manage.evidence.unknown": (
        "Not known",
        "No se sabe",
    ),
    "manage.evidence.source": (
        "Source",
        "Fuente",
    ),
    "manage.said.then": (
        ("After {count} successes of “{target}”, “{program}” is offered. Nobody is moved by itself."),
        ("Tras {count} logros de «{target}» se ofrece «{program}». Nadie pasa sin que alguien lo decida."),
    ),
    "manage.purpose.title": (
        "Begin with what it is for",
        "Empieza por su propósito",
    ),
    "manage.purpose.tests": (
        "Tests",
        "Pruebas",
    ),
    "manage.purpose.tests_says": (
        (
            "Twice a week for twelve weeks. The amount rises with each two negatives in a row, "
            "and comes back after a miss."
        ),
        (
            "Dos por semana durante doce semanas. La cantidad sube con cada dos negativas "
            "seguidas y se recupera tras una falta."
        ),
    ),
    "manage.purpose.groups": (
        "Coming to group",
        "Venir al grupo",
    ),
    "manage.purpose.groups_says": (
        "Three sessions a week for twelve weeks, with a bonus for each whole week.",
        ("Tres sesiones por semana durante doce semanas, con un bono por cada semana completa."),
    ),
    "manage.purpose.homework": (
        "Homework",
        "Tareas",
    ),
    "manage.purpose.homework_says": (
        "One task a week, each worth the same, and a milestone halfway.",
        "Una tarea por semana, todas con el mismo valor, y un bono a la mitad.",
    ),
    "manage.purpose.iop": (
        "Intensive outpatient, six weeks",
        "Ambulatorio intensivo, seis semanas",
    ),
    "manage.purpose.iop_says": (
        ("Groups, individual sessions, tests and a relapse prevention plan, each with a ladder of its own."),
        (
            "Grupos, sesiones individuales, pruebas y un plan de prevención, cada parte con su "
            "propia escalera."
        ),
    ),
    "manage.purpose.smoking": (
        "Not smoking",
        "No fumar",
    ),
    "manage.purpose.smoking_says": (
        "Five breath tests a week for four weeks, with a bonus for each three in a row.",
        ("Cinco pruebas de aliento por semana durante cuatro semanas, con un bono por cada tres seguidas."),
    ),
    "manage.purpose.medication": (
        "Medication",
        "Medicación",
    ),
    "manage.purpose.medication_says": (
        ("A dose a day for twelve weeks. A dose that the prescriber holds back is nobody's miss."),
        ("Una dosis al día durante doce semanas. La que retiene quien receta no es una falta."),
    ),
    "manage.due.title": (
        "Who could go on",
        "Quién puede pasar",
    ),
    "manage.due.lead": (
        ("They have reached what this program names for the next one. Nobody is moved by itself."),
        ("Llegaron a lo que este programa pide para el siguiente. Nadie pasa sin que alguien lo decida."),
    ),
    "manage.due.one": (
        "“{title}”, with {count} successes",
        "«{title}», con {count} logros",
    ),
    "manage.due.more": (
        "Shown are 20 of {count}.",
        "Se muestran 20 de {count}.",
    ),
    "manage.past.title": (
        "On your own past",
        "En su propio pasado",
    ),
    "manage.past.lead": (
        (
            "What people in this program, now or before, would have earned by these rules. "
            "Nothing is paid or taken."
        ),
        (
            "Qué habrían ganado con estas reglas quienes están o estuvieron en el programa. "
            "Nada se paga ni se quita."
        ),
    ),
    "manage.past.changed": (
        "For {changed} of {people} it would have been another amount.",
        "Para {changed} de {people} habría sido otra cantidad.",
    ),
    "manage.past.newest": (
        "These are the {people} who started last.",
        "Son las {people} personas que empezaron más tarde.",
    ),
    "manage.past.person": (
        "Started",
        "Empezó",
    ),
    "manage.past.earned": (
        "Earned",
        "Ganado",
    ),
    "manage.past.would": (
        "By these rules",
        "Con estas reglas",
    ),
    "manage.past.all": (
        "All together",
        "Todo junto",
    ),
}
