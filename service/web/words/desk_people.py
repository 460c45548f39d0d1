"""What the desk says where somebody known goes into a program or on to another, and of names in the hat."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk.enroll.title": ("Enroll in a program", "Inscribir en un programa"),
    "desk.enroll.move": ("Move on to another program", "Pasar a otro programa"),
    "desk.enroll.none": (
        "No enrollment yet. Enroll them in a program, then visits can be recorded.",
        "Sin inscripciones aún. Inscribe a esta persona en un programa para registrar sus visitas.",
    ),
    "desk.enroll.from": ("Now in {program}, since {day}.", "Ahora en {program}, desde {day}."),
    "desk.enroll.to": ("Program they go on to", "Programa al que pasa"),
    "desk.enroll.no_other": (
        "There is no other program to enroll in. A manager publishes one under Manage, Programs.",
        "No hay otro programa en el que inscribir. Un encargado lo publica en Gestión, Programas.",
    ),
    "desk.enroll.on": ("Last day in the program now", "Último día en el programa actual"),
    "desk.enroll.starts_hint": (
        "Left empty: the day after the last one.",
        "Vacío: el día después del último.",
    ),
    "desk.enroll.funding_hint": ("Left empty: whoever pays now.", "Vacío: quien paga ahora."),
    "desk.enroll.keeps": (
        "Balances, draws and rewards set aside stay theirs. The new program begins at its own first step.",
        "Los saldos, los sorteos y lo apartado siguen siendo suyos. El programa nuevo empieza desde cero.",
    ),
    "desk.enroll.go": ("Enroll", "Inscribir"),
    "desk.enroll.move_go": ("Move on", "Pasar"),
    "desk.person.enrolled": (
        "Enrolled. Their visits can be recorded now.",
        "Persona inscrita. Ya se pueden registrar sus visitas.",
    ),
    "desk.person.moved": (
        "Moved on. Both enrollments are below; everything earned stays.",
        "Pasó al otro programa. Abajo están las dos inscripciones; lo ganado se conserva.",
    ),
    "desk.hats": ("Group draw", "Sorteo de grupo"),
    "desk.hats.tab": ("Group draw", "Grupo"),
    "desk.hats.says": (
        "Names in the hat: half of those who came are drawn. Record who came first.",
        "Nombres en el sombrero: se saca la mitad de quienes vinieron. Registra antes quién vino.",
    ),
    "desk.hats.day": ("Day of the session", "Día de la sesión"),
    "desk.hats.show": ("Show", "Mostrar"),
    "desk.hats.none": (
        "No program here draws names for a group. A manager adds it to a program under Manage.",
        "Ningún programa de aquí saca nombres para un grupo. Un encargado lo agrega en Gestión.",
    ),
    "desk.hats.in_hat": ("{count} people in the hat", "{count} personas en el sombrero"),
    "desk.hats.one_in_hat": ("1 person in the hat", "1 persona en el sombrero"),
    "desk.hats.draw": ("Draw {count} names", "Sacar {count} nombres"),
    "desk.hats.draw_one": ("Draw 1 name", "Sacar 1 nombre"),
    "desk.hats.nobody": ("Nobody is recorded as present yet.", "Aún no hay nadie registrado como presente."),
    "desk.hats.once": (
        "Names are drawn once a session. Whoever is recorded later is not in the hat.",
        "Los nombres se sacan una vez por sesión. Quien se registre después no entra.",
    ),
    "desk.hats.already": (
        "Names were drawn for this session already. See below who was drawn.",
        "Los nombres de esta sesión ya se sacaron. Abajo puedes ver quién salió.",
    ),
    "desk.hats.see": ("See who was drawn", "Ver quién salió"),
    "desk.hats.back": ("Back to the sessions", "Volver a las sesiones"),
    "desk.hats.name_of": ("Name {number} of {count}", "Nombre {number} de {count}"),
    "desk.hats.wins": ("wins {amount}", "gana {amount}"),
    "desk.hats.capped": ("drawn; the limit leaves no draws now", "salió; el límite no deja sorteos ahora"),
    "desk.hats.tray": ("Names drawn", "Nombres sacados"),
    "desk.hats.next": ("Open name {number}", "Abrir el nombre {number}"),
    "desk.hats.who": ("Who they are, and how to check it", "Quiénes son y cómo comprobarlo"),
    "desk.hats.tickets": ("Tickets", "Boletos"),
    "desk.hats.drawn": ("Drawn", "Salió"),
    "desk.hats.not_drawn": ("not this time", "esta vez no"),
    "desk.hats.proof": (
        "One ticket for each session in a row. The order was fixed before: seed {seed}….",
        "Un boleto por cada sesión seguida. El orden quedó fijo antes: semilla {seed}….",
    ),
}
