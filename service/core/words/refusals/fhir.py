"""Why a FHIR search was refused; FHIR is spoken by programs alone, so pages never show these."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "fhir.parameter": Sentence(
        "{kind} is not searched by this, but by {names}. `Prefer: handling=lenient` has it ignored.",
        "{kind} no se busca por esto. Se busca por: {names}.",
    ),
    "invalid.fhir_async": Sentence(
        "An export is made meanwhile. Send `Prefer: respond-async`, and look where Content-Location says.",
        "Una exportación se prepara aparte. Envía `Prefer: respond-async` y mira en Content-Location.",
    ),
    "too_many_requests.exports": Sentence(
        "The clinic has {exports} exports under way; wait for one, or delete it.",
        "La clínica ya tiene {exports} exportaciones en curso. Espera a que termine una o bórrala.",
    ),
    "too_large.export": Sentence(
        "There is more than one export holds; ask for some types alone, or for what was changed `_since`.",
        "Hay más de lo que cabe en una exportación. Pide solo algunos tipos o lo que cambió desde `_since`.",
    ),
    "fhir.twice": Sentence(
        "Send this once.",
        "Envía esto una sola vez.",
    ),
    "fhir.value": Sentence(
        "This is empty, too long, or holds U+0000.",
        "Esto está vacío, es demasiado largo o contiene U+0000.",
    ),
    "fhir.values": Sentence(
        "Give 1 to {most} values, separated by commas.",
        "Da de 1 a {most} valores, separados por comas.",
    ),
    "fhir.choice": Sentence(
        "Here only {names} can be asked for.",
        "Aquí solo se puede pedir: {names}.",
    ),
    "fhir.count": Sentence(
        "A count is a whole number from 1 on.",
        "Una cantidad es un número entero desde 1.",
    ),
    "fhir.person": Sentence(
        "Name somebody by the id of a Patient of this service.",
        "Indica a alguien por el id de un Patient de este servicio.",
    ),
    "fhir.person_needed": Sentence(
        "{kind} is searched for one person: name them as `patient` or `patient.identifier`.",
        "{kind} se busca para una sola persona. Indícala con `patient` o `patient.identifier`.",
    ),
    "fhir.number_needed": Sentence(
        "The role {role} finds people only by `identifier` or `_id`.",
        "La función {role} solo encuentra personas por `identifier` o `_id`.",
    ),
    "fhir.when": Sentence(
        "A date is YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm[:ss[.sss]] with an offset, after eq, ne, "
        "gt, lt, ge, le, sa, eb or nothing.",
        "Una fecha es AAAA, AAAA-MM, AAAA-MM-DD o AAAA-MM-DDThh:mm[:ss[.sss]] con su diferencia horaria, "
        "después de eq, ne, gt, lt, ge, le, sa, eb o nada.",
    ),
}
