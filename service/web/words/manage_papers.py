"""Texts of the page of the audit trail."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.audit.lead": (
        (
            "Everything that anybody did or read, newest first. Nothing here can be changed: each "
            "line is sealed with the one before it."
        ),
        (
            "Todo lo que alguien hizo o leyó, lo más reciente primero. Aquí no se puede cambiar "
            "nada: cada línea está sellada con la anterior."
        ),
    ),
    "manage.audit.who": ("Who", "Quién"),
    "manage.audit.deed": ("What was done", "Qué se hizo"),
    "manage.audit.anything": ("Anything", "Cualquier cosa"),
    "manage.audit.about": ("About (code or reference)", "Sobre (código o referencia)"),
    "manage.audit.show": ("Search", "Buscar"),
    "manage.audit.clear": ("Clear", "Borrar"),
    "manage.audit.none": (
        "Nothing matches. Remove something from the search.",
        "Nada coincide. Quita algo de la búsqueda.",
    ),
    "manage.audit.about_code": ("about {code}", "sobre {code}"),
    "manage.audit.number": ("no. {number}", "n.º {number}"),
    "manage.audit.only_who": ("only theirs", "solo lo suyo"),
    "manage.audit.only_about": ("only about them", "solo sobre esta persona"),
    "manage.audit.details": ("Details and seal", "Detalles y sello"),
    "manage.audit.hash": ("Hash", "Hash"),
    "manage.audit.previous": ("Hash before it", "Hash anterior"),
    "manage.audit.digest": ("Digest of what it says", "Huella de lo que dice"),
    "manage.audit.subject": ("Id", "Id"),
    "manage.audit.checkpoint": ("Download a checkpoint", "Descargar un punto de control"),
    "manage.audit.checkpoint_why": (
        (
            "A checkpoint is the latest seal. Keep it outside this service: if it still matches "
            "later, nothing before it was changed."
        ),
        (
            "Un punto de control es el último sello. Guárdalo fuera de este servicio: si más tarde "
            "coincide, nada anterior cambió."
        ),
    ),
    "manage.role.front_desk": ("front desk", "recepción"),
    "manage.role.clinician": ("clinician", "personal clínico"),
    "manage.role.manager": ("manager", "gerencia"),
    "manage.role.auditor": ("auditor", "auditoría"),
    "manage.role.integration": ("another system", "otro sistema"),
    "manage.role.participant": ("a participant", "participante"),
    "manage.role.system": ("the service", "el servicio"),
    "manage.someone": ("Somebody", "Alguien"),
    "manage.the_service": ("The service itself", "El propio servicio"),
}
