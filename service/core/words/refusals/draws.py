"""Why nothing was drawn, or no prize given."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "not_found.draw": Sentence(
        "There is no such draw.",
        "No existe ese sorteo. Vuelve y búscalo de nuevo.",
    ),
    "not_found.hat": Sentence(
        "There is no such hat.",
        "No existe ese sorteo de nombres. Vuelve y búscalo de nuevo.",
    ),
    "not_found.prize": Sentence(
        "There is no such prize.",
        "No existe ese premio. Vuelve y búscalo de nuevo.",
    ),
    "insufficient_balance.draws": Sentence(
        "This asks for {asked}, and {there} can be drawn here. Draw fewer, or earn more first.",
        "Pides {asked}, y aquí se puede usar: {there}. Usa menos o gana más primero.",
    ),
    "ambiguous_enrollment.bowl": Sentence(
        "No enrollment holds {count} draws from one bowl, only several together. Draw {first} first: "
        "enrollment "
        "{enrollment} holds them from {bowl}.",
        "Saca primero los {first} de este programa. Después saca los demás.",
        page="Draw the {first} from this program first.",
    ),
    "unknown_target.hat": Sentence(
        "The program has no such target.",
        "El programa no tiene ese objetivo. Elige uno de los suyos.",
    ),
    "unknown_target.without_hat": Sentence(
        "The program draws no names from a hat on this target; its `hat` would say so.",
        "El programa no saca nombres en este objetivo; lo diría su `hat`. Elige otro.",
        page="The program draws no names for this. A manager can add it.",
    ),
    "event_in_future.hat": Sentence(
        "This day lies in the future; draw names once the session has been held.",
        "Ese día todavía no llega. Saca los nombres cuando se haya hecho la sesión.",
    ),
    "already_drawn": Sentence(
        "Names were drawn for this session already; GET /v1/hats shows whose.",
        "Los nombres de esta sesión ya se sacaron. Abajo puedes ver quién salió.",
        page="Names were drawn for this session already. See below who was drawn.",
    ),
    "hat_empty": Sentence(
        "Nobody has attended this session by what is recorded; record who came first.",
        "Aún no hay asistencia registrada en esta sesión. Registra primero quién vino.",
    ),
    "already_settled.prize_given": Sentence(
        "This prize is already given; nothing more is to be done.",
        "Este premio ya se entregó. No hay nada más que hacer.",
    ),
    "already_settled.prize_credited": Sentence(
        "This prize is already credited; nothing more is to be done.",
        "Este premio ya se abonó. No hay nada más que hacer.",
    ),
    "category_mismatch": Sentence(
        "This prize is from {prize}, and the reward from {reward}; choose another.",
        "Este premio es de {prize} y la recompensa es de {reward}. Elige otra.",
    ),
    "out_of_stock.prize": Sentence(
        "There is none left of this reward; choose another.",
        "No queda ninguna de esta recompensa. Elige otra.",
    ),
    "out_of_stock.no_code": Sentence(
        "There is no code left; add codes first.",
        "No queda ningún código. Agrega códigos primero.",
    ),
}
