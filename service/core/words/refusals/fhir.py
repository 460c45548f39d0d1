"""Why a FHIR search was refused; FHIR is spoken by programs alone, so pages never show these."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "fhir.parameter": Sentence(
        "{kind} is not searched by this, but by {names}. `Prefer: handling=lenient` has it ignored."
    ),
    "invalid.fhir_async": Sentence(
        "An export is made meanwhile. Send `Prefer: respond-async`, and look where Content-Location says."
    ),
    "too_many_requests.exports": Sentence(
        "The clinic has {exports} exports under way; wait for one, or delete it."
    ),
    "too_large.export": Sentence(
        "There is more than one export holds; ask for some types alone, or for what was changed `_since`."
    ),
    "fhir.twice": Sentence("Send this once."),
    "fhir.value": Sentence("This is empty, too long, or holds U+0000."),
    "fhir.values": Sentence("Give 1 to {most} values, separated by commas."),
    "fhir.choice": Sentence("Here only {names} can be asked for."),
    "fhir.count": Sentence("A count is a whole number from 1 on."),
    "fhir.person": Sentence("Name somebody by the id of a Patient of this service."),
    "fhir.person_needed": Sentence(
        "{kind} is searched for one person: name them as `patient` or `patient.identifier`."
    ),
    "fhir.number_needed": Sentence("The role {role} finds people only by `identifier` or `_id`."),
    "fhir.when": Sentence(
        "A date is YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm[:ss[.sss]] with an offset, after eq, ne, "
        "gt, lt, ge, le, sa, eb or nothing."
    ),
}
