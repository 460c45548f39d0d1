"""Texts of signing in and of the first run."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "signin.title": ("Sign in", "Entrar"),
    "signin.with_code": ("With your code", "Con tu código"),
    "signin.with_code_says": (
        "It is on your card. The desk can print a new one.",
        "Está en tu tarjeta. En recepción pueden imprimir otra.",
    ),
    "signin.code": ("Your code", "Tu código"),
    "signin.code_hint": ("8 letters and numbers, like {example}.", "8 letras y números, como {example}."),
    "signin.enter": ("Sign in", "Entrar"),
    "signin.send": ("Text or email me a code", "Envíame un código"),
    "signin.staff": ("Staff", "Personal"),
    "signin.email": ("Work email", "Correo del trabajo"),
    "signin.password": ("Password", "Contraseña"),
    "signin.enter_staff": ("Sign in as staff", "Entrar como personal"),
    "signin.say_email": ("Type your work email.", "Escribe tu correo del trabajo."),
    "signin.say_password": ("Type your password.", "Escribe tu contraseña."),
    "signin.not_right": (
        "The email or the password is not right. After five tries wait ten minutes.",
        "El correo o la contraseña no son correctos. Tras cinco intentos, espera diez minutos.",
    ),
    "signin.second": ("One more step", "Un paso más"),
    "signin.second_says": (
        "Type the six digits that your authenticator app shows, or one of your rescue codes.",
        "Escribe los seis dígitos de tu app de autenticación, o uno de tus códigos de rescate.",
    ),
    "signin.second_code": ("Six digits or a rescue code", "Seis dígitos o un código de rescate"),
    "signin.second_do": ("Go on", "Continuar"),
    "signin.second_wrong": (
        "This code is not right, or it was used before. Type the next one that the app shows.",
        "Este código no es correcto o ya se usó. Escribe el siguiente que muestre la app.",
    ),
    "signin.second_late": (
        "That took a while. Sign in once more.",
        "Pasó un rato. Entra otra vez.",
    ),
    "signin.start_over": ("Start over", "Empezar de nuevo"),
    "signin.too_often": (
        "That was tried too often from here. Wait ten minutes, or use a device that you signed in on before.",
        "Se intentó demasiadas veces desde aquí. Espera diez minutos o usa un dispositivo donde ya entraste.",
    ),
    "signin.provider": ("Sign in with your clinic's account", "Entrar con la cuenta de tu clínica"),
    "signin.provider_state": (
        "That sign-in was begun elsewhere or too long ago. Begin once more.",
        "Ese ingreso empezó en otro lugar o hace mucho. Empieza otra vez.",
    ),
    "signin.provider_old": (
        "Your clinic's sign-in did not ask who you are: it knew you from before. Sign out there and return.",
        "El ingreso de tu clínica te conocía de antes y no preguntó quién eres. Sal allí y empieza otra vez.",
    ),
    "signin.provider_no": (
        "Your clinic's sign-in did not let you through. Try once more, or use your password.",
        "El ingreso de tu clínica no te dejó pasar. Intenta otra vez o usa tu contraseña.",
    ),
    "signin.provider_away": (
        "Your clinic's sign-in cannot be reached just now. Wait a moment, or use your password.",
        "El ingreso de tu clínica no responde. Espera un momento o usa tu contraseña.",
    ),
    "signin.provider.no_role": (
        "Your clinic's account has no role here yet. Ask whoever runs it.",
        "La cuenta de tu clínica aún no tiene función aquí. Pregunta a quien la administra.",
    ),
    "signin.provider.no_email": (
        "Your clinic's account names no email. Ask whoever runs it.",
        "La cuenta de tu clínica no tiene correo. Pregunta a quien la administra.",
    ),
    "signin.provider.email_taken": (
        "Somebody signs in with this email already. Ask a manager.",
        "Alguien ya entra con este correo. Pregunta a un encargado.",
    ),
    "signin.provider.disabled": (
        "This account is disabled. Ask a manager.",
        "Esta cuenta está desactivada. Pregunta a un encargado.",
    ),
    "signin.provider.no_clinic": (
        "The clinic in OIDC_CLINIC is not here. Ask whoever runs this service.",
        "La clínica de OIDC_CLINIC no está aquí. Pregunta a quien administra este servicio.",
    ),
    "signin.set_up": ("Set up your clinic", "Configura tu clínica"),
    "signin.set_up_says": (
        "This takes two minutes. You become the first manager, and add the others afterwards.",
        "Toma dos minutos. Serás la primera persona encargada y después agregarás a las demás.",
    ),
    "signin.word": ("Set-up word", "Palabra de configuración"),
    "signin.word_hint": (
        "It stands in what the service said when it was started, at the end of the address.",
        "Está en lo que dijo el servicio al iniciar, al final de la dirección.",
    ),
    "signin.word_wrong": (
        "This is not the set-up word. Copy it from what the service said when it was started.",
        "Esta no es la palabra. Cópiala de lo que dijo el servicio al iniciar.",
    ),
    "signin.clinic": ("Name of the clinic", "Nombre de la clínica"),
    "signin.zone": ("Time zone", "Zona horaria"),
    "signin.zone_hint": (
        "Days and weeks are counted in it. It cannot be changed later.",
        "En ella se cuentan los días y las semanas. No se puede cambiar después.",
    ),
    "signin.your_name": ("Your name", "Tu nombre"),
    "signin.set_up_do": ("Set up and go on", "Configurar y seguir"),
    "signin.first": ("First steps", "Primeros pasos"),
    "signin.first_says": (
        "Choose how you begin. All of it can be changed in Manage.",
        "Elige cómo empezar. Todo se puede cambiar en Gestión.",
    ),
    "signin.choose_program": ("Choose a program", "Elige un programa"),
    "signin.choose_rewards": ("Put something on the shelf", "Pon algo en el estante"),
    "signin.rewards_say": (
        "What people can have for what they earned. Prices and stock can be changed.",
        "Lo que se puede obtener con lo ganado. Los precios y la cantidad se pueden cambiar.",
    ),
    "signin.reward.groceries": ("Grocery gift card, $10", "Tarjeta de supermercado, $10"),
    "signin.reward.bus": ("Bus day pass", "Pase de autobús de un día"),
    "signin.reward.movie": ("Movie ticket", "Entrada de cine"),
    "signin.reward.mug": ("Coffee mug", "Taza de café"),
    "signin.pieces": ("{count} pieces", "{count} piezas"),
    "signin.first_person": ("Your first participant", "Tu primer participante"),
    "signin.first_person_says": (
        "Optional. They are enrolled in the program from today on.",
        "Opcional. Queda en el programa a partir de hoy.",
    ),
    "signin.reference": (
        "Your own reference, such as a chart number",
        "Tu referencia, como un número de expediente",
    ),
    "signin.first_do": ("Begin", "Empezar"),
    "signin.join": ("Choose your password", "Elige tu contraseña"),
    "signin.join_says": (
        "You sign in here as {email}. Nobody else ever sees this password.",
        "Entras aquí como {email}. Nadie más ve nunca esta contraseña.",
    ),
    "signin.join_do": ("Keep it and sign in", "Guardar y entrar"),
    "signin.first_later": ("I will do this later", "Lo haré después"),
}
