"""Why a group was not made or changed, or a session not recorded."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.group": Sentence(
        "There is no such group.",
        "No existe ese grupo. Vuelve y búscalo de nuevo.",
    ),
    "not_found.group_member": Sentence(
        "They are not in this group; put them in first.",
        "Esa persona no está en este grupo. Agrégala primero.",
    ),
    "not_enrolled.group": Sentence(
        "On that day they are enrolled in none of the group's programs; enroll them, or name another "
        "program for the group.",
        "Ese día no tiene inscripción en ningún programa del grupo. Inscríbela, o agrega su programa al "
        "grupo.",
        page="On that day they are in none of the group's programs. Enroll them, or add their program to the "
        "group.",
    ),
    "precondition_failed.group": changed_meanwhile(
        "Somebody else changed the group since; read it again and repeat the change."
    ),
    "invalid.groups_many": Sentence(
        "{most} groups meet already; end one that meets no more.",
        "Ya hay {most} grupos activos. Cierra uno que ya no se reúna.",
    ),
    "invalid.group_full": Sentence(
        "A group holds up to {most} people; take somebody out, or make another group.",
        "Un grupo tiene lugar para {most} personas. Saca a alguien o crea otro grupo.",
    ),
    "invalid.group_member_twice": Sentence(
        "Each member of the group stands in a session once; leave the other one out.",
        "Cada persona aparece una sola vez en una sesión. Quita la otra.",
    ),
    "group.program_twice": Sentence(
        "Each program stands in a group once.",
        "Cada programa aparece una sola vez en un grupo.",
    ),
    "group.program_unknown": Sentence(
        "There is no published program `{program}`.",
        "No hay ningún programa publicado que se llame {program}.",
        page="There is no published program {program}.",
    ),
    "group.no_such_attendance": Sentence(
        "The program has no target `{target}` with the behavior `attendance`.",
        "El programa no tiene una meta de asistencia que se llame {target}.",
        page="The program has no attendance target {target}.",
    ),
    "group.weekday_twice": Sentence(
        "A group meets once a day.",
        "Un grupo se reúne una vez al día.",
    ),
    "group.leader_unknown": Sentence(
        "There is no such member of staff.",
        "Esa persona no está en el personal. Elige otra.",
    ),
}
