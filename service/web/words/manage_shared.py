"""Texts that the pages of Manage share."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.no_such_person": (
        "Nobody here has this code or reference. Look at it again.",
        "Nadie aquí tiene este código o referencia. Revísalo.",
    ),
    "manage.give_time": ("Enter a day and a time.", "Indica un día y una hora."),
    "manage.tick_sure": ("Tick the box to say that you mean it.", "Marca la casilla para confirmar."),
    "manage.older": ("Older", "Más antiguos"),
    "manage.newest": ("Newest", "Más recientes"),
    "manage.everything": ("Everything", "Todo"),
    "manage.show_these": ("Show", "Mostrar"),
    "manage.from": ("From", "Desde"),
    "manage.to": ("To", "Hasta"),
    "manage.to_optional": ("To (optional)", "Hasta (opcional)"),
    "manage.person": ("Code or reference", "Código o referencia"),
    "manage.csv": ("Download as CSV", "Descargar como CSV"),
}
