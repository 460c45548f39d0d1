"""Texts of the front desk: the keys, and taps that were not taken."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    # One letter for each outcome, out of its word: no two of one behavior share theirs, and an outcome that
    # several behaviors have has the same in all of them.
    "desk.key.negative": ("N", "N"),
    "desk.key.positive": ("P", "P"),
    "desk.key.refused": ("E", "R"),
    "desk.key.tampered": ("R", "L"),
    "desk.key.missed": ("M", "V"),
    "desk.key.excused": ("X", "J"),
    "desk.key.pending": ("G", "E"),
    "desk.key.invalid": ("I", "I"),
    "desk.key.dilute": ("D", "D"),
    "desk.key.attended": ("A", "A"),
    "desk.key.absent": ("T", "O"),
    "desk.key.late": ("L", "T"),
    "desk.key.left_early": ("Y", "S"),
    "desk.key.rescheduled": ("S", "B"),
    "desk.key.completed": ("C", "C"),
    "desk.key.not_done": ("O", "H"),
    "desk.key.partial": ("L", "L"),
    "desk.key.taken": ("K", "M"),
    "desk.key.held_by_prescriber": ("H", "U"),
    "desk.key.verified": ("V", "F"),
    "desk.key.not_verified": ("F", "D"),
    "desk.recorded_for": ("Recorded for {name}: {outcome}.", "Registrado para {name}: {outcome}."),
    "desk.row_begun": ("Row {digits}…", "Fila {digits}…"),
    "desk.opening": ("Opening…", "Abriendo…"),
    "desk.undecided": ("Needs your decision", "Necesita tu decisión"),
    "desk.undecided_says": (
        "These records were made on this device and not taken. Nothing is lost: open the person and decide.",
        "Esto se registró en este aparato y no se aceptó. No se perdió nada: abre a la persona y decide.",
    ),
    "desk.undecided_mine": (
        "You recorded {outcome} on this device on {at}. It was not taken.",
        "Registraste {outcome} en este aparato el {at}. No se aceptó.",
    ),
    "desk.undecided_theirs": (
        "{name} recorded {outcome} on this device. It was not taken, and {name} has to decide.",
        "{name} registró {outcome} en este aparato. No se aceptó, y {name} tiene que decidir.",
    ),
    "desk.undecided_ask": (
        "Yours is another visit of that day, or only one of the two is right. Which?",
        "Lo tuyo es otra visita de ese día, o solo uno de los dos es correcto. ¿Cuál?",
    ),
    "desk.undecided_free": (
        "What stood in its way is no longer on record.",
        "Lo que lo impedía ya no está registrado.",
    ),
    "desk.undecided_send": ("Record it now", "Registrarlo ahora"),
    "desk.undecided_drop": ("Remove mine", "Quitar lo mío"),
}
