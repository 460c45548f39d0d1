"""Why something could not be handed in, or was not verified."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "not_found.submission": Sentence(
        "There is no such submission.",
        "No existe esa entrega. Vuelve y búscala de nuevo.",
    ),
    "not_found.picture": Sentence(
        "This submission has no picture, or not any more.",
        "Esta entrega no tiene imagen, o ya no la tiene. Pide otra si hace falta.",
    ),
    "invalid.submission_empty": Sentence(
        "Nothing was handed in; send a text or a picture.",
        "No hay nada que entregar. Escribe algo o agrega una foto.",
        page="There is nothing to hand in yet. Write something, or add a photo.",
    ),
    "invalid.submission_not_taken": Sentence(
        "Nothing can be handed in for this target; ask the staff.",
        "Para esto no se puede entregar nada aquí. Pregunta al personal.",
    ),
    "invalid.submissions_many": Sentence(
        "Enough waits to be looked at; hand in more once the staff have looked.",
        "Ya hay bastante por revisar. Entrega más cuando el personal lo haya visto.",
        page="Enough of yours waits to be looked at. Hand in more once the staff have looked.",
    ),
    "invalid.picture_unreadable": Sentence(
        "This picture cannot be read; send a JPEG, PNG or WebP.",
        "No podemos leer esta imagen. Toma otra foto, o envía un JPEG, PNG o WebP.",
        page="We cannot read this picture. Take another photo, or send a JPEG, PNG or WebP.",
    ),
    "invalid.picture_too_large": Sentence(
        "This picture is too large; send one of up to {megabytes} MB and of fewer pixels.",
        "Esta imagen es demasiado grande. Envía una de hasta {megabytes} MB y con menos píxeles.",
    ),
    "already_settled.submission": Sentence(
        "This submission is settled already, or is being verified; read it again.",
        "Esta entrega ya está resuelta o se está verificando. Mírala de nuevo.",
    ),
}
