"""Texts of the pages of budgets."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.budget.lead": (
        (
            "What there is to spend by program and funder, and what is spent of it. A budget stops nothing: "
            "a limit does."
        ),
        (
            "Lo que hay para gastar por programa y financiador, y lo gastado. Un presupuesto no frena nada: "
            "un límite sí."
        ),
    ),
    "manage.budget.none": (
        "No budget yet. Set one to see what is spent and promised of it.",
        "Todavía no hay presupuestos. Pon uno para ver lo gastado y lo prometido.",
    ),
    "manage.budget.all_programs": ("All programs", "Todos los programas"),
    "manage.budget.own_money": ("the clinic's own money", "dinero de la clínica"),
    "manage.budget.of_funder": ("money of {name}", "dinero de {name}"),
    "manage.budget.days": ("{since} to {until}", "{since} a {until}"),
    "manage.budget.set": ("Set", "Asignado"),
    "manage.budget.spent": ("Spent", "Gastado"),
    "manage.budget.promised": ("Promised", "Prometido"),
    "manage.budget.left": ("Left", "Queda"),
    "manage.budget.meter": ("{percent}% spent", "{percent} % gastado"),
    "manage.budget.people": (
        "{count} open enrollments are paid from it.",
        "Paga {count} inscripciones abiertas.",
    ),
    "manage.budget.people:1": (
        "One open enrollment is paid from it.",
        "Paga una inscripción abierta.",
    ),
    "manage.budget.status.later": ("not begun", "sin empezar"),
    "manage.budget.status.well": ("all well", "en orden"),
    "manage.budget.status.near": ("nearly spent", "casi gastado"),
    "manage.budget.status.over_promised": ("promised too much", "prometido de más"),
    "manage.budget.status.spent": ("all spent", "gastado"),
    "manage.budget.status.over": ("ended", "terminó"),
    "manage.budget.why.near": (
        "{percent}% is spent. Ask for more, or enroll nobody else on it.",
        "Se gastó el {percent} %. Pide más, o no inscribas a nadie más con este dinero.",
    ),
    "manage.budget.why.over_promised": (
        "If everybody comes to every visit, {amount} more is paid than there is.",
        "Si cada persona viene a cada visita, se paga {amount} más de lo que hay.",
    ),
    "manage.budget.why.spent": (
        "Everything is spent. People are still paid what they earn.",
        "Todo está gastado. A cada persona se le sigue pagando lo que gana.",
    ),
    "manage.budget.promised_why": (
        (
            "Promised is what those enrolled now would still be paid from tomorrow on if they came to every "
            "visit with success; draws count as they win on average."
        ),
        (
            "Prometido es lo que todavía se pagaría desde mañana a quienes están en un programa si vinieran "
            "a cada visita con éxito. Los boletos cuentan por lo que ganan en promedio."
        ),
    ),
    "manage.budget.add": ("Set a budget", "Poner un presupuesto"),
    "manage.budget.change": ("Change this budget", "Cambiar este presupuesto"),
    "manage.budget.save": ("Save", "Guardar"),
    "manage.budget.amount": ("How much there is", "Cuánto hay"),
    "manage.budget.program": ("For which program", "Para qué programa"),
    "manage.budget.funding": ("Funder (empty: the clinic)", "Financiador (vacío: la clínica)"),
    "manage.budget.first": ("First day", "Primer día"),
    "manage.budget.last": ("Last day", "Último día"),
    "manage.budget.warn": ("Warn from (percent)", "Avisar desde (%)"),
    "manage.budget.reason": ("Where it comes from", "De dónde viene"),
    "manage.budget.done.set": ("The budget is set.", "El presupuesto está puesto."),
    "manage.budget.done.changed": ("The budget is changed.", "El presupuesto está cambiado."),
}
