"""Texts of Manage on moving people to a newer version of their program."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.move.title": ("Move people to version {version}", "Mover personas a la versión {version}"),
    "manage.move.lead": (
        (
            "All their visits are counted again by the new version. What is worth more is paid, "
            "and nothing that was paid is taken back."
        ),
        (
            "Todas sus visitas se cuentan de nuevo con la versión nueva. Lo que vale más se paga "
            "y no se quita nada de lo pagado."
        ),
    ),
    "manage.move.reason_given": ("Version {version} of the program", "Versión {version} del programa"),
    "manage.move.progress": ("{moved} of {all} moved", "{moved} de {all} movidas"),
    "manage.move.go_on": ("Go on", "Seguir"),
    "manage.move.stop": ("Stop", "Parar"),
    "manage.move.moved": ("Moved: {count}", "Movidas: {count}"),
    "manage.move.everybody": ("Move everybody who can be", "Mover a quienes se pueda"),
    "manage.move.some_stay": (
        "{count} of them would stay in their version; why stands beside each.",
        "{count} quedarían en su versión; el motivo está junto a cada persona.",
    ),
    "manage.move.some_stay:1": (
        "One of them would stay in their version; why stands beside them.",
        "Una persona quedaría en su versión; el motivo está junto a ella.",
    ),
    "manage.move.all": ("Move all {count}", "Mover a las {count}"),
    "manage.move.one": ("Move", "Mover"),
    "manage.move.from": ("version {version}, since {day}", "versión {version}, desde el {day}"),
    "manage.move.paid": ("{amount} more would be paid at once.", "Se pagarían {amount} más al momento."),
    "manage.move.nothing": (
        "Nothing more is paid for visits until now.",
        "No se paga nada más por las visitas hasta ahora.",
    ),
    "manage.move.first_of": (
        "The first {count} of {all} are shown.",
        "Se muestran las primeras {count} de {all}.",
    ),
    "manage.move.none": (
        "Everybody is in the newest version.",
        "Todas las personas están en la versión más nueva.",
    ),
}
