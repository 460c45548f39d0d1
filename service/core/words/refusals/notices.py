"""Why a subscriber was not added, changed or sent to."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.subscriber": Sentence(
        "There is no such subscriber.",
        "No existe ese suscriptor. Elige uno de la lista.",
    ),
    "not_found.delivery": Sentence(
        "There is no such delivery.",
        "No existe ese envío. Elige uno de la lista.",
    ),
    "invalid.replay_backwards": Sentence(
        "The end of the time lies after its beginning.",
        "El final debe ser después del principio. Corrige las horas.",
    ),
    "precondition_failed.subscriber": changed_meanwhile(
        "The subscriber was changed meanwhile; read it again and change that."
    ),
    "subscriber_disabled": Sentence(
        "The subscriber is disabled, so nothing is sent to it; enable it first.",
        "Este suscriptor está desactivado y no se le envía nada. Actívalo primero.",
    ),
    "url_not_allowed.too_long": Sentence(
        "The address is longer than {characters} characters; give a shorter one.",
        "La dirección tiene más de {characters} caracteres. Da una más corta.",
    ),
    "url_not_allowed.characters": Sentence(
        "The address holds a space or a character that no address has; write it percent-encoded.",
        "La dirección tiene un espacio o un carácter que ninguna dirección tiene. Escríbelo con %, como %20.",
    ),
    "url_not_allowed.scheme": Sentence(
        "Notices go over HTTPS only; give an address that begins with https://.",
        "Los avisos solo van por HTTPS. Da una dirección que empiece con https://.",
    ),
    "url_not_allowed.form": Sentence(
        "This is not an address of the form https://host/path.",
        "Esta dirección no tiene la forma correcta. Escríbela como https://servidor/ruta.",
    ),
    "url_not_allowed.userinfo": Sentence(
        "The address names a user or a password; leave them out, for every notice is signed.",
        "La dirección tiene un usuario o una contraseña. Quítalos: cada aviso va firmado.",
    ),
    "url_not_allowed.fragment": Sentence(
        "What follows a # is never sent; leave it out.",
        "Lo que sigue a un # nunca se envía. Quítalo.",
    ),
    "url_not_allowed.port": Sentence(
        "Notices do not go to this port; give 443 or one from 1024 on that nothing else is known by.",
        "Los avisos no van a ese puerto. Usa el 443, o uno desde 1024 que no sea de otro servicio.",
    ),
    "url_not_allowed.host": Sentence(
        "The host is neither a name nor an IP address; give the receiver's public name.",
        "El servidor no es un nombre ni una dirección IP. Da el nombre público de quien recibe.",
    ),
    "url_not_allowed.number": Sentence(
        "An IPv4 address is four plain numbers; write it so, or give the receiver's public name.",
        "Una dirección IPv4 son cuatro números. Escríbela así o da el nombre público de quien recibe.",
    ),
    "url_not_allowed.zone": Sentence(
        "An address with a zone leads to this machine's own network; give the receiver's public name.",
        "Una dirección con zona lleva a la red de este mismo equipo. Da el nombre público de quien recibe.",
    ),
    "url_not_allowed.inside_name": Sentence(
        "Such a name means something inside one network only; give the receiver's public name.",
        "Ese nombre solo vale dentro de una red. Da el nombre público de quien recibe.",
    ),
    "url_not_allowed.address": Sentence(
        "Notices do not go to this machine, private networks and the like; give a public address.",
        "Los avisos no van a este equipo ni a redes privadas. Da una dirección pública.",
    ),
}
