"""Texts of the page of the audit trail, and of audit packs."""

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
    "manage.pack.title": ("Audit pack", "Archivo de auditoría"),
    "manage.pack.lead": (
        (
            "One file for an auditor: what was recorded, what it earned and why, draws, corrections and who "
            "did it. A checker in the file works it all out again without this service."
        ),
        (
            "Un solo archivo para la auditoría: lo que se registró, lo que se ganó y por qué, los sorteos, "
            "las correcciones y quién lo hizo. El archivo trae un programa que vuelve a calcularlo todo sin "
            "este servicio."
        ),
    ),
    "manage.pack.which": (
        "Choose a person, a program, a period, or several of them together.",
        "Elige una persona, un programa, un período o varios a la vez.",
    ),
    "manage.pack.person": ("Person (code or reference)", "Persona (código o referencia)"),
    "manage.pack.program": ("Program", "Programa"),
    "manage.pack.any_program": ("Any program", "Cualquier programa"),
    "manage.pack.recipient": ("Who gets it", "Quién lo recibe"),
    "manage.pack.recipient_why": (
        "It is written down as a disclosure of everybody in the file.",
        "Se anota como información entregada sobre cada persona del archivo.",
    ),
    "manage.pack.names": (
        "With names and references (without, people are known by ids alone)",
        "Con nombres y referencias (sin esto, cada persona aparece solo con un identificador)",
    ),
    "manage.pack.make": ("Make the file", "Hacer el archivo"),
    "manage.pack.then": ("How it is checked", "Cómo se comprueba"),
    "manage.pack.then_what": (
        (
            "Unpack the file and run python3 check.py in its folder. Give the auditor the key of your "
            "checkpoints in another way, so that they can compare it."
        ),
        (
            "Descomprime el archivo y ejecuta python3 check.py en su carpeta. Entrega por otro medio la "
            "clave de tus puntos de control, para que se pueda comparar."
        ),
    ),
    "manage.audit.pack": ("Make an audit pack", "Hacer un archivo de auditoría"),
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
