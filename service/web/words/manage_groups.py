"""Texts of groups under Manage."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.group.lead": (
        "Who meets on which days. At the desk a session is one screen: everybody is recorded with one press.",
        "Quiénes se reúnen y qué días. En recepción cada sesión es una pantalla y se registra de una vez.",
    ),
    "manage.group.none": ("There is no group yet.", "Aún no hay grupos."),
    "manage.group.ended": ("does not meet any more", "ya no se reúne"),
    "manage.group.add": ("Add a group", "Agregar un grupo"),
    "manage.group.change": ("Change the group", "Cambiar el grupo"),
    "manage.group.name_en": ("Name in English", "Nombre en inglés"),
    "manage.group.name_es": ("Name in Spanish", "Nombre en español"),
    "manage.group.places": ("Where attendance is recorded", "Dónde se registra la asistencia"),
    "manage.group.places_why": (
        "One target of each program. A member is recorded in the first one that they are enrolled in.",
        "Una meta de cada programa. A cada persona se le registra en la primera en la que tiene inscripción.",
    ),
    "manage.group.no_places": (
        "No program has attendance yet. Publish one first.",
        "Ningún programa tiene asistencia. Publica uno primero.",
    ),
    "manage.group.times": ("Days and times", "Días y horas"),
    "manage.group.times_why": (
        "Leave the time empty on days without a session.",
        "Deja la hora vacía los días sin sesión.",
    ),
    "manage.group.begins": ("Begins", "Empieza"),
    "manage.group.minutes": ("Minutes", "Minutos"),
    "manage.group.day.mon": ("Monday", "Lunes"),
    "manage.group.day.tue": ("Tuesday", "Martes"),
    "manage.group.day.wed": ("Wednesday", "Miércoles"),
    "manage.group.day.thu": ("Thursday", "Jueves"),
    "manage.group.day.fri": ("Friday", "Viernes"),
    "manage.group.day.sat": ("Saturday", "Sábado"),
    "manage.group.day.sun": ("Sunday", "Domingo"),
    "manage.group.leader": ("Led by", "A cargo de"),
    "manage.group.nobody": ("Nobody yet", "Nadie por ahora"),
    "manage.group.members": ("Members", "Integrantes"),
    "manage.group.empty": ("Nobody is in this group yet.", "Aún no hay nadie en este grupo."),
    "manage.group.find": ("Find somebody to put in", "Buscar a quién agregar"),
    "manage.group.put_in": ("Put in", "Agregar"),
    "manage.group.remove": ("Take out", "Quitar"),
    "manage.group.active": ("This group meets", "Este grupo se reúne"),
    "manage.group.today": ("Today's session", "Sesión de hoy"),
    "manage.group.done.made": ("Made. Put people in below.", "Creado. Agrega personas abajo."),
    "manage.group.done.changed": ("Changed.", "Cambiado."),
    "manage.group.done.added": ("Put in.", "Agregado."),
    "manage.group.done.removed": (
        "Taken out. What was recorded stays.",
        "Listo. Lo registrado se queda.",
    ),
}
