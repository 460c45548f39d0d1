"""Texts of the work that waits, at the front desk."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk.work.whose": ("Whose people", "De quién"),
    "desk.work.everybody": ("Everybody", "Todas las personas"),
    "desk.work.mine": ("My groups", "Mis grupos"),
    "desk.steps": ("What comes next", "Lo que sigue"),
    "desk.steps.card": ("Print a card for the person", "Imprimir una tarjeta para la persona"),
    "desk.steps_how.card": (
        "Open them in the list: the card lets them see what they earned on their own phone.",
        "Ábrela en la lista: con la tarjeta ve en su teléfono lo que ganó.",
    ),
    "desk.steps.visit": ("Record the first visit", "Registrar la primera visita"),
    "desk.steps_how.visit": (
        "Open them in the list, and press what came of the visit.",
        "Ábrela en la lista y presiona el resultado de la visita.",
    ),
    "desk.steps.colleague": ("Add a colleague", "Agregar a otra persona del equipo"),
    "desk.steps_how.colleague": (
        "They choose a password of their own. Some things take two people.",
        "Elige su propia contraseña. Algunas cosas necesitan dos personas.",
    ),
    "desk.steps_do": ("Add", "Agregar"),
    "desk.work": ("To do", "Pendiente"),
    "desk.work.says": (
        "What waits for you, with the page where it is done.",
        "Lo que te espera, con la página donde se hace.",
    ),
    "desk.work.none": ("Nothing waits for you now.", "Ahora no te espera nada."),
    "desk.work.counted": ("Waiting", "En espera"),
    "desk.work.handover": ("Rewards to hand over", "Recompensas por entregar"),
    "desk.work.approvals": ("Approvals", "Aprobaciones"),
    "desk.work.messages": ("Messages to review", "Mensajes por revisar"),
    "desk.work.providers": ("Providers to look at", "Proveedores por revisar"),
    "desk.work.budgets": ("Budgets that are nearly spent", "Presupuestos casi gastados"),
    "desk.work.go": ("Go there", "Ir"),
    "desk.work.see": ("See", "Ver"),
    "desk.work.slipping": ("Somebody may need a call", "Conviene llamar"),
    "desk.work.slipping_why": (
        "Two missed visits in a row, or {days} days without a visit. A kind word helps people back.",
        "Dos visitas seguidas sin venir, o {days} días sin visita. Una palabra amable ayuda a volver.",
    ),
    "desk.work.missed_twice": ("two visits missed in a row", "dos visitas seguidas sin venir"),
    "desk.work.came_last": ("came last: {day}", "última visita: {day}"),
    "desk.work.never_came": ("no visit yet", "aún sin visitas"),
    "desk.work.consents": ("Consents that end soon", "Consentimientos por terminar"),
    "desk.work.ends_on": ("last day: {day}", "último día: {day}"),
    "desk.work.low": ("Running low on the shelf", "Quedan pocas existencias"),
    "desk.work.more": (
        "The first {count} are shown. The others follow when these are done.",
        "Se muestran las primeras {count}. Las demás siguen cuando estas estén listas.",
    ),
}
