"""A whole record in words: headings and lines in the person's language, for whoever takes it along."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from schemas.people import Language
from service.core.words.sentences import day_words

_HEADINGS: Final[Mapping[str, tuple[str, str]]] = {
    "participants": ("Who this is about", "De quién se trata"),
    "identifiers": ("Numbers", "Números"),
    "enrollments": ("Programs", "Programas"),
    "events": ("Visits and results", "Visitas y resultados"),
    "event_additions": ("Written about visits later", "Lo escrito después sobre las visitas"),
    "corrections": ("Corrections", "Correcciones"),
    "group_members": ("Groups", "Grupos"),
    "statement": ("What was earned and received", "Lo ganado y recibido"),
    "redemptions": ("Rewards asked for", "Recompensas pedidas"),
    "reward_codes": ("Codes of rewards", "Códigos de recompensas"),
    "provider_orders": ("Rewards that a provider delivers", "Recompensas que entrega un proveedor"),
    "manual_awards": ("Awards by hand", "Premios a mano"),
    "departures": ("Leaving and coming back", "Salidas y regresos"),
    "consents": ("Consents", "Consentimientos"),
    "restrictions": ("Who is to be told nothing", "A quién no se debe informar"),
    "releases": ("What was handed out", "Lo que se entregó"),
    "disclosures": ("What was told to other systems", "Lo que se informó a otros sistemas"),
    "emergencies": ("Looks in an emergency", "Consultas de emergencia"),
    "new_addresses": ("Changed contact details", "Cambios de los datos de contacto"),
    "planned_visits": (
        "Visits that were moved, called off or added",
        "Visitas movidas, canceladas o agregadas",
    ),
    "calendar_feeds": ("Address of a calendar", "Dirección de un calendario"),
    "submissions": ("What was handed in", "Lo entregado"),
    "reminder_leaves": ("Leave to be reminded", "Permiso para recordatorios"),
    "reminders": ("Reminders", "Recordatorios"),
    "sessions": ("Sign-ins", "Entradas"),
    "audit": ("Who did or read what", "Quién hizo o leyó qué"),
}
_TITLE: Final = ("Everything on record about one person", "Todo lo registrado sobre una persona")
_MADE: Final = ("Made on {day} by {clinic}.", "Hecho el {day} por {clinic}.")
_NOTHING: Final = ("Nothing.", "Nada.")
_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "name": ("Name", "Nombre"),
    "phone": ("Phone", "Teléfono"),
    "email": ("Mail", "Correo"),
    "mark": ("Told apart by", "Se distingue por"),
    "reference": ("Reference", "Referencia"),
    "display_code": ("Code", "Código"),
    "language": ("Language", "Idioma"),
    "status": ("State", "Estado"),
    "program": ("Program", "Programa"),
    "starts_on": ("From", "Desde"),
    "closed_on": ("Until", "Hasta"),
    "close_reason": ("Why it ended", "Por qué terminó"),
    "target": ("Of", "De"),
    "outcome": ("Result", "Resultado"),
    "occurred_at": ("When", "Cuándo"),
    "note": ("Note", "Nota"),
    "evidence": ("Evidence", "Prueba"),
    "kind": ("Kind", "Tipo"),
    "reason": ("Reason", "Motivo"),
    "purpose": ("What for", "Para qué"),
    "information": ("What may be told", "Qué se puede informar"),
    "recipient": ("To whom", "A quién"),
    "signed_name": ("Signed by", "Firmado por"),
    "signed_on": ("Signed on", "Firmado el"),
    "expires_on": ("Last day", "Último día"),
    "ends_when": ("Ends with", "Termina con"),
    "request": ("Asked", "Pedido"),
    "answer": ("Answer", "Respuesta"),
    "system": ("System", "Sistema"),
    "value": ("Number", "Número"),
    "quantity": ("How many", "Cuántas"),
    "amount": ("Amount", "Cantidad"),
    "unit": ("Unit", "Unidad"),
    "code": ("Code", "Código"),
    "how": ("How", "Cómo"),
    "what": ("What", "Qué"),
    "type": ("What", "Qué"),
    "deed": ("Deed", "Acción"),
    "role": ("By", "Por"),
    "at": ("When", "Cuándo"),
    "given_at": ("Given", "Dado"),
    "revoked_at": ("Revoked", "Revocado"),
    "requested_at": ("Asked", "Pedido"),
    "recorded_at": ("Recorded", "Registrado"),
    "opened_at": ("Opened", "Abierto"),
    "on_day": ("Day", "Día"),
    "agent": ("With", "Con"),
    "created_at": ("Since", "Desde"),
    "channel": ("Way", "Medio"),
    "set_at": ("Changed", "Cambiado"),
    "changed_at": ("Said", "Dicho"),
    "said": ("Text", "Texto"),
    "submitted_at": ("Handed in", "Entregado"),
    "visit_on": ("About", "Sobre"),
    "made_at": ("Made", "Hecho"),
}
_MOMENT: Final = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+(?:\+00:00|Z)$")
"""A moment as a row holds it."""


def whole_record_in_words(
    rows: Iterable[tuple[str, Mapping[str, Any]]],
    statement: Iterable[str],
    language: Language,
    clinic: str,
    today: date,
) -> str:
    """A record as a text: a heading for each kind of entry, and a line for each entry; days stand as kept."""
    place = 0 if language == "en" else 1
    made = _MADE[place].format(day=day_words(today, language), clinic=clinic)
    by_kind: dict[str, list[str]] = {"statement": [f"- {one}" for one in statement]}
    for kind, columns in rows:
        if kind in _HEADINGS:
            by_kind.setdefault(kind, []).append(_entry(columns, place))
    parts = [f"{_TITLE[place]}\n{made}"]
    for kind, heading in _HEADINGS.items():
        lines = by_kind.get(kind) or [_NOTHING[place]]
        parts.append("\n".join([heading[place], *lines]))
    return "\n\n".join(parts) + "\n"


def _shortened(moment: re.Match[str]) -> str:
    return f"{moment[1]} {moment[2]} UTC"


def _entry(columns: Mapping[str, Any], place: int) -> str:
    said = [
        f"{label[place]}: {_MOMENT.sub(_shortened, str(columns[name]))}"
        for name, label in _LABELS.items()
        if columns.get(name) not in (None, "") and not isinstance(columns[name], bytes)
    ]
    return "- " + "; ".join(said)
