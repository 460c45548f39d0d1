"""Why a group was not made or changed, or a session not recorded."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.group": Sentence("There is no such group."),
    "not_found.group_member": Sentence("They are not in this group; put them in first."),
    "not_enrolled.group": Sentence(
        "On that day they are enrolled in none of the group's programs; enroll them, or name another "
        "program for the group.",
        page=(
            "On that day they are in none of the group's programs. Enroll them, or add their program to the "
            "group."
        ),
    ),
    "precondition_failed.group": changed_meanwhile(
        "Somebody else changed the group since; read it again and repeat the change."
    ),
    "invalid.groups_many": Sentence("{most} groups meet already; end one that meets no more."),
    "invalid.group_full": Sentence(
        "A group holds up to {most} people; take somebody out, or make another group."
    ),
    "invalid.group_member_twice": Sentence(
        "Each member of the group stands in a session once; leave the other one out."
    ),
    "group.program_twice": Sentence("Each program stands in a group once."),
    "group.program_unknown": Sentence(
        "There is no published program `{program}`.", page="There is no published program {program}."
    ),
    "group.no_such_attendance": Sentence(
        "The program has no target `{target}` with the behavior `attendance`.",
        page="The program has no attendance target {target}.",
    ),
    "group.weekday_twice": Sentence("A group meets once a day."),
    "group.leader_unknown": Sentence("There is no such member of staff."),
}
