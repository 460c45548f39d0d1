"""Texts of the front desk on what is handed over, what was given, and what slips win."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk.handover.count": ("{count} waiting", "{count} en espera"),
    "desk.handover.none": (
        "Nothing waits to be handed over. What people redeem appears here.",
        "No hay nada por entregar. Lo que las personas canjeen aparecerá aquí.",
    ),
    "desk.handover.rewards": ("Redeemed", "Canjeado"),
    "desk.handover.prizes": ("Won in draws", "Ganado en sorteos"),
    "desk.handover.give": ("Give", "Entregar"),
    "desk.handover.cancel": ("Cancel reward", "Cancelar recompensa"),
    "desk.handover.cancel_says": (
        "They get {amount} back in their balance.",
        "Recupera {amount} en su saldo.",
    ),
    "desk.handover.cancel_sure": ("Cancel this reward", "Cancelar esta recompensa"),
    "desk.handover.which": ("Which reward", "Qué recompensa"),
    "desk.handover.empty_shelf": (
        "There are no rewards of this kind. Ask a manager to add some.",
        "No hay recompensas de este tipo. Pide a la gerencia que agregue.",
    ),
    "desk.handover.given": ("Given, and on record.", "Entregado y registrado."),
    "desk.tier.good_job": ("Good job!", "¡Buen trabajo!"),
    "desk.tier.small": ("Small prize", "Premio chico"),
    "desk.tier.large": ("Large prize", "Premio grande"),
    "desk.tier.jumbo": ("Jumbo prize", "Premio mayor"),
    "desk.handover.gave": ("Given: {reward}, to {name}.", "Entregado: {reward}, a {name}."),
    "desk.handover.undone": (
        "Undone. It waits to be handed over again.",
        "Deshecho. Vuelve a estar por entregar.",
    ),
    "desk.handover.canceled": (
        "Canceled. What it cost is back in their balance.",
        "Cancelado. Lo que costó volvió a su saldo.",
    ),
    "desk.handover.code": ("Given. Show them this code:", "Entregado. Muéstrale este código:"),
    "desk.given.title": ("Rewards given", "Recompensas entregadas"),
    "desk.given.lead": (
        "Replace a card or a thing that is lost, used or broken, or take it back.",
        "Reemplaza una tarjeta o un objeto que se perdió, ya se usó o se rompió, o devuelve su valor.",
    ),
    "desk.given.none": ("Nothing was handed over yet.", "Aún no se ha entregado nada."),
    "desk.given.link": ("Link, as good as money:", "Enlace, vale como dinero:"),
    "desk.given.ordered": ("on order", "pedida"),
    "desk.given.awaiting_provider": ("on its way", "en camino"),
    "desk.given.awaiting_funds": ("waits for the clinic's account", "espera a la cuenta de la clínica"),
    "desk.given.code": ("Code:", "Código:"),
    "desk.given.void": ("Void, worth nothing:", "Anulado, ya no vale:"),
    "desk.given.was_taken_back": ("taken back", "devuelta"),
    "desk.given.waits.replacement": (
        "A replacement waits for another person",
        "Un reemplazo espera a otra persona",
    ),
    "desk.given.waits.take_back": (
        "Taking it back waits for another person",
        "La devolución espera a otra persona",
    ),
    "desk.given.replace": ("Replace", "Reemplazar"),
    "desk.given.replace_says.code": (
        "The next code on the shelf takes its place, and the code before is worth nothing.",
        "El siguiente código toma su lugar, y el anterior ya no vale.",
    ),
    "desk.given.replace_says.item": (
        "Another piece leaves the shelf. Nothing is earned or paid again.",
        "Sale otra pieza de las existencias. No se gana ni se paga nada otra vez.",
    ),
    "desk.given.which": ("Which codes are void", "Qué códigos ya no valen"),
    "desk.given.pieces": ("How many pieces", "Cuántas piezas"),
    "desk.given.another": (
        "It is lost again: another replacement is needed today",
        "Se perdió otra vez: hoy hace falta otro reemplazo",
    ),
    "desk.given.replace_go": ("Replace it", "Reemplazar"),
    "desk.given.take_back": ("Take back", "Devolver"),
    "desk.given.take_back_says": (
        "{amount} can be used again, and a code is worth nothing from now on.",
        "Se podrá volver a usar {amount}, y el código ya no valdrá.",
    ),
    "desk.given.restock": ("It goes back on the shelf", "Vuelve a las existencias"),
    "desk.given.take_back_go": ("Take it back", "Devolver"),
    "desk.given.replaced": (
        "Replaced. What is given below is what stands now.",
        "Reemplazada. Abajo está lo que vale ahora.",
    ),
    "desk.given.taken_back": (
        "Taken back. The amount can be used again.",
        "Devuelta. El valor se puede volver a usar.",
    ),
    "desk.given.prizes": ("Prizes given", "Premios entregados"),
    "desk.given.prize_take_back_says": (
        "The prize waits to be handed over again, and a code is worth nothing from now on.",
        "El premio vuelve a esperar su entrega, y el código ya no valdrá.",
    ),
    "desk.given.prize_taken_back": (
        "Taken back. The prize can be handed over again.",
        "Devuelto. El premio se puede volver a entregar.",
    ),
    "desk.given.proposed": (
        "It waits for a manager who is another person. Until then nothing changes.",
        "Espera a otra persona de la gerencia. Hasta entonces no cambia nada.",
    ),
    "desk.handover": ("To hand over", "Por entregar"),
}
