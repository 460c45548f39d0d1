"""Why a request was not read or not admitted: what HTTP, keys, bodies and queries must be."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

UNREADABLE: Final = Sentence(
    "The request could not be read.",
    "No se pudo leer. Vuelve a cargar la página y envíalo otra vez.",
)
"""What litestar refuses by a status alone."""

SENTENCES: Final[Catalog] = {
    "invalid": Sentence(
        "{place}: {fault}",
        "{fault}",
        page="{fault}",
    ),
    "invalid.cursor": Sentence(
        "No cursor of this list has this form; begin again without a cursor.",
        "Esta página de la lista no existe. Empieza la lista otra vez.",
        page="There is no such page of this list. Begin the list again.",
    ),
    "idempotency_in_flight": Sentence(
        "The first request with this Idempotency-Key is still in flight; send it again in a moment.",
        "Esto ya se está haciendo. Espera un momento; se hace una sola vez.",
        page="This is already being done. Wait a moment. It will be done only once.",
    ),
    "idempotency_conflict": Sentence(
        "This Idempotency-Key was used for another request; use a new key for a new request.",
        "Este formulario ya se envió con otra cosa. Vuelve a cargar la página.",
        page="This form was sent before with something else in it. Load the page again.",
    ),
    "idempotency_key_required": Sentence(
        "Send an Idempotency-Key with this: it moves value and must be done once.",
        "El formulario está incompleto. Vuelve a cargar la página y envíalo otra vez.",
        page="The form is incomplete. Load the page again and send it once more.",
    ),
    "idempotency_key_malformed": Sentence(
        "Send one Idempotency-Key of 1 to 255 visible ASCII characters, bare or in double quotes.",
        "El formulario no está completo. Vuelve a cargar la página y envíalo otra vez.",
        page="The form is not complete. Load the page again and send it once more.",
    ),
    "precondition_required": Sentence(
        "Read the resource, and send its ETag as If-Match with the edit.",
        "La página es muy vieja para este cambio. Vuelve a cargarla.",
        page="The page is too old for this change. Load it again.",
    ),
    "malformed.if_match": Sentence(
        "If-Match is not an ETag as the resource was sent with.",
        "La página no está como debe. Vuelve a cargarla y envíalo otra vez.",
        page="The page is not as it should be. Load it again and send it once more.",
    ),
    "precondition_failed": changed_meanwhile(
        "The resource was changed since; read it again.",
    ),
    "unauthenticated": Sentence(
        "Send a key that was not revoked as `Authorization: Bearer cmr_...`.",
        "No funcionó. Revisa lo que escribiste o pregunta en recepción.",
        page="That did not work. Check what you typed, or ask the front desk.",
    ),
    "forbidden": Sentence(
        "A key with role {role} does not do this; {allowed} may.",
        "Una clave con la función {role} no permite esto. La permiten: {allowed}.",
    ),
    "too_many_requests": Sentence(
        "At most {requests} requests in {seconds} seconds; wait {wait} seconds.",
        "Como máximo {requests} solicitudes en {seconds} segundos. Espera {wait} segundos.",
    ),
    "too_many_requests.unfinished": Sentence(
        "{requests} requests from this address are not sent whole yet; finish those first.",
        "Desde esta dirección hay {requests} solicitudes sin terminar. Espera a que terminen.",
    ),
    "request_timeout.head": Sentence(
        "The head of the request did not arrive within {seconds} seconds; send it again.",
        "La solicitud no llegó completa en {seconds} segundos. Envíala otra vez.",
    ),
    "request_timeout.body": Sentence(
        "The body of the request did not arrive in time: nothing came for {seconds} seconds, or too little. "
        "Send it again.",
        "El contenido no llegó a tiempo: nada en {seconds} segundos, o muy poco. Envíalo otra vez.",
    ),
    "malformed.http": Sentence(
        "This is no request of HTTP/1.1 (RFC 9112): lines end with CRLF, and a length is said once.",
        "Esto no es una solicitud HTTP/1.1. Envíala como pide RFC 9112.",
    ),
    "malformed.host": Sentence(
        "A request names one host, in one Host header.",
        "Una solicitud nombra un solo servidor, en una cabecera Host. Envía una.",
    ),
    "too_large.head": Sentence(
        "The head of a request has at most {bytes} bytes.",
        "La cabecera de una solicitud tiene como máximo {bytes} bytes. Envía menos.",
    ),
    "too_many_streams": Sentence(
        "As many streams are open here as this process holds; try again in a moment.",
        "Hay muchas páginas abiertas ahora. Vuelve a cargar la página en un momento.",
        page="Many pages are open just now. Load the page again in a moment.",
    ),
    "too_many_streams.desk": Sentence(
        "As many pages are open here as this process holds; it goes on without news for a while.",
        "Hay muchas páginas abiertas ahora. Esta sigue sin novedades por un rato.",
    ),
    "too_many_streams.portal": Sentence(
        "As many streams are open here as can be.",
        "Hay muchas páginas abiertas ahora. Vuelve a cargar la página en un momento.",
    ),
    "not_acceptable": Sentence(
        "Answers here are {media}; let Accept allow it.",
        "Tu navegador pide un formato que no existe. Aquí se responde con {media}.",
    ),
    "unsupported_media_type": Sentence(
        "Send this as {media}, named in Content-Type.",
        "Aquí no se lee ese tipo de archivo. Envíalo como {media}.",
    ),
    "unsupported_media_type.encoding": Sentence(
        "A body is read as it is; send it without Content-Encoding.",
        "Aquí no se lee nada comprimido. Envíalo sin comprimir.",
    ),
    "clinic_moved": Sentence(
        "This clinic has moved. It is at {address} now: ask there.",
        "Esta clínica se mudó. Ahora está en {address}. Entra por ahí; todo se conserva.",
        page="This clinic has a new place. Open {address} and sign in there. Everything is kept.",
    ),
    "clinic_moving": Sentence(
        "This clinic is being moved to another place; send it again in a moment.",
        "Esta clínica se está mudando. Espera unos minutos e intenta de nuevo. Todo se guarda.",
        page="This clinic is just moving. Wait a few minutes and try again. Everything is kept.",
    ),
    "unavailable": Sentence(
        "The database cannot be reached or is busy; send it again in a moment.",
        "El servicio no responde. Espera un momento e intenta de nuevo. No se perdió nada.",
        page="The service is busy. Wait a moment and try again. Nothing was lost.",
    ),
    "unavailable.connections": Sentence(
        "As many connections are open here as this process serves; try again in a moment.",
        "Hay muchas conexiones abiertas ahora. Espera un momento e intenta de nuevo.",
    ),
    "unavailable.crowded": Sentence(
        "More requests wait here than this process can serve in time; send it again in a moment.",
        "Hay muchas solicitudes ahora. Espera un momento e intenta de nuevo. No se perdió nada.",
    ),
    "unavailable.item": Sentence(
        "The database was away for this item; send it again.",
        "El servicio no respondió para esta parte. Envíala otra vez.",
    ),
    "internal": Sentence(
        "Something unforeseen happened here; it was logged under this trace id.",
        "Algo falló de nuestro lado. No se cambió nada. Intenta otra vez. Si se repite, avisa a la gerencia.",
        page="Something went wrong on our side. Nothing was changed. Try again. If it happens again, tell a "
        "manager.",
    ),
    "internal.item": Sentence(
        "Something unforeseen happened to this item; it was logged.",
        "Algo falló de nuestro lado con esta parte. Quedó anotado.",
    ),
    "too_large.body": Sentence(
        "The body is larger than {bytes} bytes; send less at a time.",
        "Es demasiado grande: más de {bytes} bytes. Envía menos cada vez.",
    ),
    "too_large.batch": Sentence(
        "The batch has {items} items; send at most {most} at a time.",
        "Son {items} registros. Envía como máximo {most} cada vez.",
    ),
    "too_large.message": Sentence(
        "A message has at most {bytes} bytes.",
        "Un mensaje tiene como máximo {bytes} bytes. Envía menos cada vez.",
    ),
    "malformed.nested": Sentence(
        "The body is nested too deeply; no shape here is.",
        "Esto tiene demasiados niveles. Envía algo más simple.",
    ),
    "malformed.not_utf8": Sentence(
        "The body is not valid UTF-8; send JSON in UTF-8.",
        "Esto no es UTF-8. Envía JSON en UTF-8.",
    ),
    "malformed.not_json": Sentence(
        "The body is not valid JSON: {why}.",
        "Esto no es JSON que se pueda leer ({why}). Corrígelo.",
    ),
    "malformed.twice": Sentence(
        "An object of the body says one name twice; say each once.",
        "Un objeto dice un mismo nombre dos veces. Escribe cada uno una vez.",
    ),
    "malformed.request": UNREADABLE,
    "not_acceptable.request": UNREADABLE,
    "too_large.request": UNREADABLE,
    "unsupported_media_type.request": UNREADABLE,
    "internal.request": UNREADABLE,
    "not_found.path": Sentence(
        "There is nothing at this path; /openapi.json lists what there is.",
        "No encontramos esta página. Vuelve atrás o empieza en la primera página.",
    ),
    "method_not_allowed": Sentence(
        "This path has other methods; Allow lists them.",
        "Esta página no acepta eso. Vuelve y usa sus botones.",
    ),
    "not_found.id": Sentence(
        "There is nothing with this id here.",
        "Aquí no hay nada con ese identificador. Vuelve y búscalo de nuevo.",
        page="There is nothing like that here. Go back and look for it again.",
    ),
    "not_found.refusal": Sentence(
        "There is no refusal of this name.",
        "No hay un rechazo con ese nombre. Vuelve y búscalo de nuevo.",
    ),
    "invalid.bodiless": Sentence(
        "This takes no body; leave it out.",
        "Esto no lleva nada más. Quita el contenido.",
    ),
    "invalid.not_an_array": Sentence(
        "A batch is a JSON array of events; send [ ... ], or one event a line.",
        "Un lote es una lista de registros en JSON. Envía [ ... ], o un registro por línea.",
    ),
}
