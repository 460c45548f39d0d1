"""Texts of groups at the front desk."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk.groups": ("Groups", "Grupos"),
    "desk.group.open": ("Open", "Abrir"),
    "desk.group.meeting": ("Meeting that day", "Se reúnen ese día"),
    "desk.group.others": ("Other groups", "Otros grupos"),
    "desk.group.none": (
        "There is no group yet. Clinical staff make one under Manage.",
        "Aún no hay grupos. El personal clínico los crea en Gestión.",
    ),
    "desk.group.none_today": ("No group meets on this day.", "Ningún grupo se reúne este día."),
    "desk.group.recorded_of": ("{recorded} of {count} recorded", "{recorded} de {count} con registro"),
    "desk.group.members": ("{count} people", "{count} personas"),
    "desk.group.members:1": ("1 person", "1 persona"),
    "desk.group.led_by": ("led by {name}", "con {name}"),
    "desk.group.roster": ("Roster", "Lista del grupo"),
    "desk.group.print": ("Print", "Imprimir"),
    "desk.group.back": ("Back to the session", "Volver a la sesión"),
    "desk.group.person": ("Person", "Persona"),
    "desk.group.signed": ("Signature", "Firma"),
    "desk.group.part_2": (
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
        "La norma 42 CFR parte 2 prohíbe usar o revelar estos registros sin autorización.",
    ),
    "desk.group.closed": (
        "The clinic is closed on this day. Record a session only if it took place.",
        "La clínica está cerrada este día. Registra la sesión solo si se hizo.",
    ),
    "desk.group.offline": (
        "No connection. What you record is kept on this device and goes through once the line is back.",
        "Sin conexión. Lo que registres queda en este aparato y se enviará cuando vuelva la red.",
    ),
    "desk.group.waits": (
        "{count} records wait on this device. Nothing is lost.",
        "{count} registros esperan en este aparato. No se pierde nada.",
    ),
    "desk.group.empty": (
        "Nobody was in this group on that day. Add people under Manage.",
        "Nadie estaba en este grupo ese día. Agrega personas en Gestión.",
    ),
    "desk.group.says": (
        "Everybody is marked as present. Change those who are not, then record all at once.",
        "Todas las personas están como presentes. Cambia a quienes no lo estén y registra todo a la vez.",
    ),
    "desk.group.keys": (
        "Number, then letter; Ctrl + Enter records.",
        "Número y luego letra; Ctrl + Entrar registra.",
    ),
    "desk.group.leave": ("Leave open", "Dejar sin registro"),
    "desk.group.record": ("Record {count}", "Registrar {count}"),
    "desk.group.done": ("{count} recorded.", "{count} con registro."),
    "desk.group.recorded": ("Recorded", "Con registro"),
    "desk.group.why": ("Why", "Por qué"),
    "desk.group.not_enrolled": (
        "Not in this group's programs that day",
        "Sin inscripción para este grupo ese día",
    ),
    "desk.group.enroll": ("Enroll", "Inscribir"),
    "desk.group.slips": ("Draw slips for {code}", "Sacar boletos para {code}"),
}
