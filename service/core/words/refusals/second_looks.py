"""Why a reward is not handed out by one person alone, or an address not confirmed or a look not taken."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "second_person_needed.own": Sentence(
        "What you recorded or opened alone for this participant waits for a second look. Ask a colleague to "
        "hand this out, or to look at it first.",
        "Lo que registraste por tu cuenta para esta persona espera una segunda mirada. Pide a otra persona "
        "del equipo que entregue esto, o que lo revise antes.",
        page="What you recorded alone for this person waits for a second look. Ask a colleague to hand this "
        "out, or to look at it first.",
    ),
    "second_person_needed.price": Sentence(
        "You lowered the price or the fair value of this reward alone. Ask a colleague to hand it out, or "
        "another manager to set its price.",
        "Bajaste por tu cuenta el precio o el valor de esta recompensa. Pide a otra persona del equipo que "
        "la entregue, o a otra persona de la gerencia que ponga el precio.",
    ),
    "second_person_needed.category": Sentence(
        "You put this reward into another category alone. Ask a colleague to hand it out, or another manager "
        "to set its category.",
        "Pusiste por tu cuenta esta recompensa en otra categoría. Pide a otra persona del equipo que la "
        "entregue, o a otra persona de la gerencia que ponga la categoría.",
    ),
    "second_person_needed.key": Sentence(
        "Something here waits for a second look, and a key is no person. A member of staff hands this out, "
        "on the pages or under POST /v1/sessions.",
        "Aquí algo espera una segunda mirada, y una clave no es una persona. Entrégalo con tu sesión, en las "
        "páginas o con POST /v1/sessions.",
    ),
    "second_person_needed.unknown": Sentence(
        "Nobody answers for the key that did something here alone. Ask the operator to say whose it is.",
        "Nadie responde por la clave que hizo algo aquí por su cuenta. Pide a quien opera el servicio que "
        "diga de quién es.",
    ),
    "second_person_needed.desk": Sentence(
        "The front desk hands this out: somebody there looks at the record first.",
        "Esto se entrega en la recepción. Pregunta allí y te lo dan.",
        page="This one is handed out at the front desk. Ask there, and they will give it to you.",
    ),
    "second_person_needed.much": Sentence(
        "One person hands out at most {limit} a day to one participant, and {given} was handed out today. "
        "Two together hand out more: one sets it aside, and a manager who is somebody else hands it over.",
        "Una persona entrega como máximo {limit} al día a la misma persona, y hoy ya se entregó {given}. "
        "Entre dos personas se entrega más: una lo aparta y otra, de la gerencia, lo entrega.",
    ),
    "second_person_needed.unseen": Sentence(
        "Nobody else has had to do with this participant yet, and {limit} went out in {days} days to people "
        "whom you alone know. Ask a colleague to hand this out; from then on it is not asked about.",
        "Nadie más ha atendido todavía a esta persona, y en {days} días ya se llegó a {limit} para personas "
        "que solo tú conoces. Pide a otra persona del equipo que entregue esto; después ya no se pregunta.",
        page="Nobody else has met this person here yet, and {limit} is the most in {days} days for people "
        "whom you alone know. Ask a colleague to hand this out; after that it is not asked again.",
    ),
    "already_settled.second_look": Sentence(
        "Nothing waits for a second look; hand the reward out.",
        "Nada espera una segunda mirada. Ya puedes entregar la recompensa.",
    ),
    "already_settled.new_address": Sentence(
        "Nothing is asked about this address any more; open the page again.",
        "Sobre este dato de contacto ya no se pregunta nada. Abre la página otra vez.",
    ),
    "same_person.new_address": Sentence(
        "Whoever changed an address does not confirm it; ask a colleague.",
        "Quien cambió un dato de contacto no lo confirma. Pide a otra persona del equipo que lo haga.",
    ),
    "same_person.new_address_own": Sentence(
        "You signed in with a code of whoever changed this. Ask somebody else at the desk to confirm it.",
        "Entraste con un código de quien cambió este dato. Pide en la recepción a otra persona que lo "
        "confirme.",
    ),
    "invalid.no_code_for_address": Sentence(
        "No code goes to this address yet; print one at the desk.",
        "A esta dirección aún no se envían códigos. Pide uno impreso en la recepción.",
    ),
    "same_person.second_look": Sentence(
        "Whoever did something alone does not take the second look at it; ask a colleague.",
        "La segunda mirada la hace otra persona. Pide a alguien del equipo que lo revise.",
    ),
}
