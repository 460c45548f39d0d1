"""Texts of the portal's page of what is shared: plain, and silent about what somebody is here for."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "portal.cal.link": ("Calendar", "Calendario"),
    "portal.cal.title": ("Your visits in your own calendar", "Tus visitas en tu propio calendario"),
    "portal.cal.visits": ("Your visits", "Tus visitas"),
    "portal.cal.none": ("No visits are planned right now.", "Ahora no hay visitas previstas."),
    "portal.cal.behind": ("The last two weeks", "Las últimas dos semanas"),
    "portal.cal.ahead": ("We look forward to seeing you", "Te esperamos"),
    "portal.cal.is.expected": ("Not recorded yet", "Aún sin registro"),
    "portal.cal.is.came": ("You came", "Viniste"),
    "portal.cal.is.missed": ("We missed you", "Te extrañamos"),
    "portal.cal.is.excused": ("Excused", "Con justificación"),
    "portal.cal.is.closed": ("The clinic is closed", "La clínica está cerrada"),
    "portal.cal.is.canceled": ("Called off", "Cancelada"),
    "portal.cal.lead": (
        "Your phone can show the days of your visits. Each one says only “{word}”.",
        "Tu teléfono puede mostrar los días de tus visitas. Cada una dice solo «{word}».",
    ),
    "portal.cal.called": ("Appointments", "Citas"),
    "portal.cal.one": ("Appointment", "Cita"),
    "portal.cal.make": ("Make my calendar address", "Crear mi dirección de calendario"),
    "portal.cal.again": ("Make another address", "Crear otra dirección"),
    "portal.cal.again_says": (
        "The address you have now then stops working.",
        "La dirección que tienes ahora dejará de funcionar.",
    ),
    "portal.cal.yours": ("Your calendar address", "Tu dirección de calendario"),
    "portal.cal.once": (
        "It is shown only now. Anyone who has it can see the days, so keep it to yourself.",
        "Se muestra solo ahora. Quien la tenga puede ver los días, así que guárdala para ti.",
    ),
    "portal.cal.open": ("Add to my calendar", "Agregar a mi calendario"),
    "portal.cal.how": (
        "If nothing opens, copy the address into your calendar app, under “Add calendar from URL”.",
        "Si no se abre nada, copia la dirección en tu app de calendario, en «Agregar calendario desde URL».",
    ),
    "portal.cal.since": ("You have an address since {day}.", "Tienes una dirección desde el {day}."),
    "portal.cal.end": ("Stop sharing with my calendar", "Dejar de enviar a mi calendario"),
    "portal.cal.ended": (
        "Done. The address shows nothing any more.",
        "Listo. La dirección ya no muestra nada.",
    ),
    "portal.cal.not_here": (
        "Do this on your own phone: here others would see it.",
        "Hazlo en tu propio teléfono: aquí otras personas lo verían.",
    ),
    "portal.share.link": ("What is shared", "Qué se comparte"),
    "portal.share.title": ("What is shared about you", "Qué se comparte sobre ti"),
    "portal.share.lead": (
        "You decide who is told. You can take back what you agreed to, at any time.",
        "Tú decides a quién se informa. Puedes retirar lo que aceptaste en cualquier momento.",
    ),
    "portal.share.agreed": ("What you agreed to", "Lo que aceptaste"),
    "portal.share.none": ("Nothing. Nobody is told by itself.", "Nada. No se informa a nadie por sí solo."),
    "portal.share.gone": ("somebody who is not told any more", "alguien a quien ya no se informa"),
    "portal.share.for": ("What for: {purpose}", "Para qué: {purpose}"),
    "portal.share.what": ("What they may know: {information}", "Qué pueden saber: {information}"),
    "portal.share.until": ("Until {day}", "Hasta el {day}"),
    "portal.share.ends": ("Until: {event}", "Hasta: {event}"),
    "portal.share.open": ("Until you take it back", "Hasta que lo retires"),
    "portal.share.over": ("It is over.", "Ya terminó."),
    "portal.share.revoked": ("You took it back: {day}", "Lo retiraste: {day}"),
    "portal.share.take_back": ("Take it back", "Retirarlo"),
    "portal.share.take_back_why": (
        (
            "They are told nothing more, from this moment on. What they know already stays known to them. "
            "Nothing changes for you here."
        ),
        (
            "Desde este momento no se les informa nada más. Lo que ya saben, lo siguen sabiendo. Para ti no "
            "cambia nada aquí."
        ),
    ),
    "portal.share.take_back_sure": ("Yes, take it back", "Sí, retirarlo"),
    "portal.share.revoked_now": (
        "You took it back. They are told nothing more.",
        "Lo retiraste. No se les informa nada más.",
    ),
    "portal.share.asked": ("Who you asked not to be told", "A quién pediste no informar"),
    "portal.share.restr.asked": ("Waits for an answer.", "Espera respuesta."),
    "portal.share.restr.agreed": ("Agreed.", "Aceptado."),
    "portal.share.restr.declined": ("Not possible.", "No es posible."),
    "portal.share.restr.ended": ("It has ended.", "Terminó."),
    "portal.share.told": ("What was told about you", "Lo que se informó sobre ti"),
    "portal.share.told_none": ("Nothing was told to anybody.", "No se informó nada a nadie."),
    "portal.share.clinic": ("The clinic's own work", "El trabajo de la clínica"),
    "portal.share.how.notice": ("Told by itself", "Informado por sí solo"),
    "portal.share.how.key": ("Read by a program", "Leído por un programa"),
    "portal.share.how.export": ("In a file", "En un archivo"),
    "portal.share.how.record": ("Your own record, taken along", "Tu propio registro, descargado"),
    "portal.share.how.emergency": ("In an emergency", "En una emergencia"),
    "portal.share.times": ("{count} times that day", "{count} veces ese día"),
    "portal.share.record": ("Take your record along", "Llévate tu registro"),
    "portal.share.record_why": (
        "Everything that is kept about you. Keep it where nobody else reads it.",
        "Todo lo que se guarda sobre ti. Guárdalo donde nadie más lo lea.",
    ),
    "portal.share.words": ("In words", "En palabras"),
    "portal.share.lines": ("For a program (NDJSON)", "Para un programa (NDJSON)"),
    "portal.share.not_here": (
        "Take your record along on your own phone or computer, not here.",
        "Llévate tu registro en tu propio teléfono o computadora, no aquí.",
    ),
}
