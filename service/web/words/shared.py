"""What several faces say."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "shared.app": ("Rewards", "Recompensas"),
    "shared.skip": ("Skip to the content", "Ir al contenido"),
    "shared.main": ("Main", "Principal"),
    "shared.desk": ("Front desk", "Recepción"),
    "shared.manage": ("Manage", "Gestión"),
    "shared.nav.overview": ("Overview", "Resumen"),
    "shared.nav.programs": ("Programs", "Programas"),
    "shared.nav.shelf": ("Shelf", "Estante"),
    "shared.nav.redemptions": ("Redemptions", "Canjes"),
    "shared.nav.approvals": ("Approvals", "Aprobaciones"),
    "shared.nav.reports": ("Reports", "Informes"),
    "shared.nav.caps": ("Caps", "Topes"),
    "shared.nav.closures": ("Closures", "Cierres"),
    "shared.nav.staff": ("Staff and keys", "Personal y claves"),
    "shared.nav.subscribers": ("Subscribers", "Suscriptores"),
    "shared.nav.sources": ("Sources", "Fuentes"),
    "shared.nav.consents": ("Consents", "Consentimientos"),
    "shared.nav.imports": ("Imports", "Importaciones"),
    "shared.nav.audit": ("Audit", "Auditoría"),
    "shared.other_language": ("Español", "English"),
    "shared.account": ("Your account", "Tu cuenta"),
    "shared.sign_out": ("Sign out", "Salir"),
    "shared.sign_in": ("Sign in", "Entrar"),
    "shared.today": ("Today", "Hoy"),
    "shared.yesterday": ("Yesterday", "Ayer"),
    "shared.back": ("Back", "Volver"),
    "shared.close": ("Close", "Cerrar"),
    "shared.save": ("Save", "Guardar"),
    "shared.cancel": ("Cancel", "Cancelar"),
    "shared.try_again": ("Try again", "Intentar de nuevo"),
    "shared.more": ("Show more", "Mostrar más"),
    "shared.sorry": ("That did not work", "Eso no se pudo hacer"),
    "shared.not_found": ("There is nothing here.", "Aquí no hay nada."),
    "shared.not_that_way": (
        "This page is not opened that way. Go back and use its button.",
        "Esta página no se abre así. Vuelve y usa su botón.",
    ),
    "shared.not_for_you": (
        "Your role does not open this page. Ask a manager.",
        "Tu función no abre esta página. Pregunta a un encargado.",
    ),
    "shared.form_unreadable": (
        "The form could not be read. Go back and send it again.",
        "No se pudo leer el formulario. Vuelve y envíalo otra vez.",
    ),
    "shared.form_not_ours": (
        "This form was not opened here, or it is too old. Load the page again and send it once more.",
        "Este formulario no se abrió aquí o ya es viejo. Vuelve a cargar la página y envíalo otra vez.",
    ),
    "shared.away": (
        "The database is busy or away. Wait a moment and try again. Nothing was lost.",
        "La base de datos no responde. Espera un momento e intenta de nuevo. No se perdió nada.",
    ),
    "shared.broken": (
        "Something unforeseen happened here. It was written down and nothing was changed.",
        "Pasó algo imprevisto. Quedó anotado y no se cambió nada.",
    ),
}
