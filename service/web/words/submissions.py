"""Texts of what people hand in: in the portal, at the desk, and what a clinic takes."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "sub.own.link": ("Homework or a slip to hand in?", "¿Tienes una tarea o un comprobante?"),
    "sub.own.open": ("Hand it in here", "Entrégalo aquí"),
    "sub.own.title": ("Hand something in", "Entregar algo"),
    "sub.own.lead": (
        "Write it, take a photo, or both. The staff look at it; then it counts from when you handed it in.",
        "Escríbelo, toma una foto, o ambas cosas. El personal lo mira, y cuenta desde que lo entregaste.",
    ),
    "sub.own.none": (
        "There is nothing to hand in here now. Ask the staff.",
        "Ahora no hay nada que entregar aquí. Pregunta al personal.",
    ),
    "sub.own.what": ("What it is for", "Para qué es"),
    "sub.own.text": ("What you want to say", "Lo que quieres decir"),
    "sub.own.picture": ("Photo", "Foto"),
    "sub.own.picture_hint": (
        "A JPEG, PNG or WebP of up to 10 MB. Where and when it was taken is removed.",
        "Un JPEG, PNG o WebP de hasta 10 MB. Se quita dónde y cuándo se tomó.",
    ),
    "sub.own.go": ("Hand it in", "Entregar"),
    "sub.own.done": (
        "Thank you, we have it. The staff will look at it.",
        "Gracias, ya lo tenemos. El personal lo mirará.",
    ),
    "sub.own.list": ("What you handed in", "Lo que entregaste"),
    "sub.own.status.waiting": ("waits for the staff", "espera al personal"),
    "sub.own.status.verifying": ("waits for the staff", "espera al personal"),
    "sub.own.status.verified": ("it counts", "ya cuenta"),
    "sub.own.status.asked_again": ("please look again", "míralo otra vez, por favor"),
    "sub.own.they_say": ("The staff say: {words}", "El personal dice: {words}"),
    "sub.own.see": ("See the photo", "Ver la foto"),
    "sub.title": ("Handed in", "Entregas"),
    "sub.lead": (
        (
            "What people handed in and nobody has looked at yet. It is recorded with the time at which it "
            "was handed in."
        ),
        "Lo que se entregó y aún no se ha mirado. Se registra con la hora en que se entregó.",
    ),
    "sub.none": ("Nothing waits.", "Nada espera."),
    "sub.verify": ("It is right", "Está bien"),
    "sub.beside": ("It is right, and counts beside that", "Está bien, y cuenta además de eso"),
    "sub.again": ("Ask again", "Pedir de nuevo"),
    "sub.words": ("What you tell them", "Qué le dices"),
    "sub.words_hint": (
        "Kindly, and what would help. They read it in their portal.",
        "Con amabilidad, y qué ayudaría. Lo lee en su portal.",
    ),
    "sub.send_back": ("Give it back with these words", "Devolver con estas palabras"),
    "sub.picture": ("What {code} handed in", "Lo que entregó {code}"),
    "sub.picture_gone": ("The photo is not kept any more.", "La foto ya no se guarda."),
    "sub.done.verified": ("Verified and recorded.", "Verificado y registrado."),
    "sub.done.asked_again": ("Given back with your words.", "Devuelto con tus palabras."),
    "sub.more": ("More wait; these come first.", "Hay más; estas van primero."),
    "sub.takes": ("What people can hand in", "Qué se puede entregar"),
    "sub.takes.homework": ("Homework", "Tareas"),
    "sub.takes.activity": ("Activities and meeting slips", "Actividades y comprobantes de reuniones"),
    "sub.keep_days": (
        "Days a photo is kept after it was looked at",
        "Días que se guarda una foto después de mirarla",
    ),
    "sub.save": ("Save", "Guardar"),
    "sub.saved": ("Saved. This holds from now on.", "Guardado. Vale desde ahora."),
    "desk.work.submissions": ("Handed in, to look at", "Entregas por mirar"),
    "shared.nav.submissions": ("Handed in", "Entregas"),
    "shared.about.submissions": ("homework slips photos", "tareas comprobantes fotos"),
    "manage.deed.submission_handed_in": ("handed something in", "entregó algo"),
    "manage.deed.submission_read": ("looked at what was handed in", "miró una entrega"),
    "manage.deed.submission_listed": ("saw what was handed in", "vio entregas"),
    "manage.deed.submission_verified": ("verified what was handed in", "verificó una entrega"),
    "manage.deed.submission_asked_again": ("gave back what was handed in", "devolvió una entrega"),
    "manage.deed.submissions_set": ("set what can be handed in", "cambió qué se puede entregar"),
}
