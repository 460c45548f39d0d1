"""What the office's pages share."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "office.no_such_person": (
        "Nobody here has this code or reference. Look at it again.",
        "Nadie aquí tiene este código o referencia. Revísalo.",
    ),
    "office.look_at_fields": (
        "Nothing was changed. Look at the field that is marked.",
        "No se cambió nada. Mira el campo marcado.",
    ),
    "office.give_time": ("Give a day and a time.", "Indique un día y una hora."),
    "office.tick_sure": ("Tick the box to say that you mean it.", "Marca la casilla para confirmar."),
    "office.older": ("Older", "Más antiguos"),
    "office.newest": ("Newest", "Más recientes"),
    "office.everything": ("Everything", "Todo"),
    "office.show": ("Show", "Mostrar"),
    "office.from": ("From", "Desde"),
    "office.to": ("To", "Hasta"),
    "office.to_optional": ("To (if you want)", "Hasta (si quiere)"),
    "office.person": ("Code or reference", "Código o referencia"),
    "office.person_hint": (
        "The code on the card, or your own reference for the person.",
        "El código de la tarjeta o su propia referencia de la persona.",
    ),
    "office.csv": ("Download as CSV", "Descargar como CSV"),
    "office.print": ("Print", "Imprimir"),
}
