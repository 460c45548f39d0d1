"""Texts of what lies ahead of somebody, and of asking for a reward for them, at the front desk."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk.ahead.visits": ("Next visits", "Próximas visitas"),
    "desk.ahead.no_visits": (
        "No visit is expected in the next four weeks.",
        "No se espera ninguna visita en las próximas cuatro semanas.",
    ),
    "desk.ahead.groups": ("Groups", "Grupos"),
    "desk.ahead.requests": ("Asked for, not handed over yet", "Pedido, aún sin entregar"),
    "desk.ahead.since": ("since {at}", "desde {at}"),
    "desk.ahead.hand_over": ("Hand over", "Entregar"),
    "desk.choose.open": ("Ask for a reward", "Pedir una recompensa"),
    "desk.choose.title": ("Ask for a reward", "Pedir una recompensa"),
    "desk.choose.lead": (
        "For somebody without a phone: choose together, and press for them.",
        "Para quien no tiene teléfono: elijan juntos y pulsa por la persona.",
    ),
    "desk.choose.none": (
        "Nothing on the shelf costs as little as they have now.",
        "Con lo que tiene ahora aún no alcanza para ninguna recompensa.",
    ),
    "desk.choose.ask": ("Choose", "Elegir"),
    "desk.choose.sure": (
        "{amount} leaves the balance of {name} for: {reward}.",
        "Salen {amount} del saldo de {name} para: {reward}.",
    ),
    "desk.choose.go": ("Ask for it", "Pedir"),
    "desk.choose.not_yet": ("Not yet within reach", "Aún fuera de alcance"),
    "desk.person.asked": (
        "Asked for. It waits to be handed over.",
        "Pedido. Espera para entregarse.",
    ),
}
