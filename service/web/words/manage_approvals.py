"""Texts of Manage on approvals, on openings, and on what one person does alone."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.app.lead": (
        "Two things need a second person: rewards that no visit earned, and stock that is written off.",
        (
            "Dos cosas necesitan una segunda persona: recompensas que ninguna visita ganó y piezas que "
            "se dan de baja."
        ),
    ),
    "manage.app.waiting": ("Waiting: {count}", "En espera: {count}"),
    "manage.app.none": ("Nothing is waiting.", "No hay nada pendiente."),
    "manage.app.by": ("Proposed by {who}: {at}", "Propuesto por {who}: {at}"),
    "manage.app.operator": ("the service's operator", "quien opera el servicio"),
    "manage.app.pieces": ("Write off {count}: {reward}", "Dar de baja {count}: {reward}"),
    "manage.app.replacement": ("Replace {count}: {reward}", "Reemplazar {count}: {reward}"),
    "manage.app.take_back": ("Take back {count}: {reward}", "Devolver {count}: {reward}"),
    "manage.app.replaced_before": (
        "Replaced before for the same reward: {amount}",
        "Ya reemplazado antes en la misma recompensa: {amount}",
    ),
    "manage.app.given_by": ("handed over by {who}, {at}", "entregado por {who}, {at}"),
    "manage.app.openings": ("Openings that wait: {count}", "Saldos iniciales en espera: {count}"),
    "manage.app.alone": ("What one person does alone", "Lo que hace una sola persona"),
    "manage.app.alone_why": (
        "Up to this much, the desk replaces a reward or takes it back. Above it, another person approves.",
        "Hasta esta cantidad, recepción reemplaza o devuelve una recompensa. Si es más, otra persona lo ve.",
    ),
    "manage.app.alone_up_to": ("Alone up to {amount}", "Una sola persona, hasta {amount}"),
    "manage.app.limit": ("New limit", "Nuevo límite"),
    "manage.app.done.limited": ("The new limit holds from now on.", "El nuevo límite vale desde ahora."),
    "manage.open.title": ("Openings", "Saldos iniciales"),
    "manage.open.lead": (
        "What people bring along from another system: what they can still spend, and what they were paid.",
        "Lo que cada persona trae de otro sistema: lo que aún puede usar y lo que ya se le pagó.",
    ),
    "manage.open.propose": ("Propose an opening", "Proponer un saldo inicial"),
    "manage.open.as_of": ("The state of which day", "De qué día es"),
    "manage.open.as_of_hint": (
        "Its year is the one that caps and the tax report count it in.",
        "Cuenta para los límites y el informe fiscal de ese año.",
    ),
    "manage.open.available": ("Can be spent", "Se puede usar"),
    "manage.open.available_hint": (
        "What they had left there. It is credited once another manager approves.",
        "Lo que le quedaba. Se abona cuando otra persona de la gerencia lo aprueba.",
    ),
    "manage.open.paid_before": ("Paid out before", "Pagado antes"),
    "manage.open.paid_before_hint": (
        "What they were paid there. It is history, and can never be spent.",
        "Lo que ya se le pagó. Es historia y no se puede usar.",
    ),
    "manage.open.paid_in_year": ("Of it, in that same year", "De eso, en ese mismo año"),
    "manage.open.paid_in_year_hint": (
        "Leave it empty if all of it was paid in that year.",
        "Déjalo vacío si todo se pagó en ese año.",
    ),
    "manage.open.list": ("On record", "Registrados"),
    "manage.open.none": ("Nothing was brought along yet.", "Aún no hay ninguno."),
    "manage.open.sums": (
        "To spend: {available} · Paid before: {paid} · As of {day}",
        "Por usar: {available} · Pagado antes: {paid} · Al {day}",
    ),
    "manage.open.of_year": ("Paid in that year: {amount}", "Pagado en ese año: {amount}"),
    "manage.open.earned_here": (
        "Visits up to that day have earned {amount} here. Check that this is not in both.",
        "Las visitas hasta ese día ya ganaron {amount} aquí. Revisa que no esté en los dos lados.",
    ),
    "manage.open.unrecovered": ("{amount} was spent already and stays", "{amount} ya usado, se queda"),
    "manage.open.withdraw": ("Withdraw", "Retirar"),
    "manage.open.withdraw_says": (
        "It is taken out of the books again. What was spent of it stays with the person.",
        "Se saca de los registros. Lo que ya se usó se queda con la persona.",
    ),
    "manage.open.proposed": ("waits", "en espera"),
    "manage.open.approved": ("approved", "aprobado"),
    "manage.open.refused": ("refused", "rechazado"),
    "manage.open.withdrawn": ("withdrawn", "retirado"),
    "manage.open.done.proposed": (
        "Proposed. Another manager must approve it.",
        "Propuesto. Otra persona de la gerencia debe aprobarlo.",
    ),
    "manage.open.done.approved": ("Approved, and on record.", "Aprobado y registrado."),
    "manage.open.done.refused": ("Refused.", "Rechazado."),
    "manage.open.done.withdrawn": ("Withdrawn.", "Retirado."),
    "manage.app.own": (
        "You proposed this. Another manager must approve it.",
        "Tú lo propusiste. Otra persona encargada debe aprobarlo.",
    ),
    "manage.app.manager_must": ("A manager must approve this.", "Una persona encargada debe aprobarlo."),
    "manage.app.approve": ("Approve", "Aprobar"),
    "manage.app.refuse": ("Refuse", "Rechazar"),
    "manage.app.why_not": ("Why not (optional)", "Por qué no (opcional)"),
    "manage.app.propose": ("Propose a reward", "Proponer una recompensa"),
    "manage.app.propose_why": (
        "Nothing is paid until another person approves it.",
        "No se paga nada hasta que otra persona lo apruebe.",
    ),
    "manage.app.settled": ("Settled lately", "Resueltos hace poco"),
    "manage.app.approved": ("approved", "aprobado"),
    "manage.app.refused": ("refused", "rechazado"),
    "manage.app.done.proposed": (
        "Proposed. It now waits for another person.",
        "Propuesto. Ahora espera a otra persona.",
    ),
    "manage.app.done.approved": ("Approved.", "Aprobado."),
    "manage.app.done.refused": (
        "Refused. Nothing was paid or taken.",
        "Rechazado. No se pagó ni se quitó nada.",
    ),
}
