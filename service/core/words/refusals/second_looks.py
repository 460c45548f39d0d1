"""Why a reward is not handed out by one person alone, or an address not confirmed or a look not taken."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "second_person_needed.own": Sentence(
        "What you recorded or opened alone for this participant waits for a second look. Ask a colleague to "
        "hand this out, or to look at it first.",
        page=(
            "What you recorded alone for this person waits for a second look. Ask a colleague to hand this "
            "out, or to look at it first."
        ),
    ),
    "second_person_needed.price": Sentence(
        "You lowered the price or the fair value of this reward alone. Ask a colleague to hand it out, or "
        "another manager to set its price."
    ),
    "second_person_needed.category": Sentence(
        "You put this reward into another category alone. Ask a colleague to hand it out, or another manager "
        "to set its category."
    ),
    "second_person_needed.key": Sentence(
        "Something here waits for a second look, and a key is no person. A member of staff hands this out, "
        "on the pages or under POST /v1/sessions."
    ),
    "second_person_needed.unknown": Sentence(
        "Nobody answers for the key that did something here alone. Ask the operator to say whose it is."
    ),
    "second_person_needed.desk": Sentence(
        "The front desk hands this out: somebody there looks at the record first.",
        page="This one is handed out at the front desk. Ask there, and they will give it to you.",
    ),
    "second_person_needed.much": Sentence(
        "One person hands out at most {limit} a day to one participant, and {given} was handed out today. "
        "Two together hand out more: one sets it aside, and a manager who is somebody else hands it over."
    ),
    "second_person_needed.unseen": Sentence(
        "Nobody else has had to do with this participant yet, and {limit} went out in {days} days to people "
        "whom you alone know. Ask a colleague to hand this out; from then on it is not asked about.",
        page=(
            "Nobody else has met this person here yet, and {limit} is the most in {days} days for people "
            "whom you alone know. Ask a colleague to hand this out; after that it is not asked again."
        ),
    ),
    "already_settled.second_look": Sentence("Nothing waits for a second look; hand the reward out."),
    "already_settled.new_address": Sentence(
        "Nothing is asked about this address any more; open the page again."
    ),
    "same_person.new_address": Sentence("Whoever changed an address does not confirm it; ask a colleague."),
    "same_person.new_address_own": Sentence(
        "You signed in with a code of whoever changed this. Ask somebody else at the desk to confirm it."
    ),
    "invalid.no_code_for_address": Sentence("No code goes to this address yet; print one at the desk."),
    "same_person.second_look": Sentence(
        "Whoever did something alone does not take the second look at it; ask a colleague."
    ),
}
