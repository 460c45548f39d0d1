"""Texts of signing in and of the first run."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "signin.forgot_link": ("I forgot my password", "Olvidé mi contraseña"),
    "signin.forgot": ("A new password", "Una contraseña nueva"),
    "signin.forgot_hint": (
        "We send a link to your work email. It works once, for 30 minutes.",
        "Te enviamos un enlace a tu correo de trabajo. Sirve una vez, por 30 minutos.",
    ),
    "signin.forgot_do": ("Send the link", "Enviar el enlace"),
    "signin.forgot_sent": (
        "If we know that address, a link is on its way to it. Look in your mail, and under spam too.",
        "Si conocemos ese correo, un enlace va en camino. Revisa tu correo, también en no deseado.",
    ),
    "signin.forgot_never": (
        "No mail is sent from here. Ask a manager of your clinic for a link to choose a new password.",
        "Desde aquí no se envían correos. Pide a la gerencia de tu clínica un enlace para elegir otra.",
    ),
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
        "That email or password is not right. After 5 wrong tries wait 10 minutes.",
        "El correo o la contraseña no son correctos. Después de 5 intentos espera 10 minutos.",
    ),
    "signin.second": ("One more step", "Un paso más"),
    "signin.second_says": (
        "Type the 6 digits from your authenticator app, or one of your backup codes.",
        "Escribe los 6 dígitos de tu app de autenticación o uno de tus códigos de respaldo.",
    ),
    "signin.second_code": ("6 digits or a backup code", "6 dígitos o un código de respaldo"),
    "signin.second_do": ("Go on", "Continuar"),
    "signin.second_wrong": (
        "That code is not right, or it was used. Type the next code the app shows.",
        "Este código no es correcto o ya se usó. Escribe el siguiente que muestre la app.",
    ),
    "signin.second_passkey_says": (
        "Use your passkey: your device asks for your face, finger or PIN.",
        "Usa tu llave de acceso: tu equipo pide tu cara, tu huella o su PIN.",
    ),
    "signin.second_passkey_wrong": (
        "This passkey does not work for this account. Try again, or another one.",
        "Esta llave de acceso no sirve para esta cuenta. Intenta otra vez o usa otra.",
    ),
    "signin.second_late": (
        "You waited too long. Sign in again.",
        "Pasó demasiado tiempo. Entra otra vez.",
    ),
    "signin.start_over": ("Start over", "Empezar de nuevo"),
    "signin.too_often": (
        "There were too many tries from here. Wait 10 minutes, or use a device that you signed in on before.",
        "Hubo demasiados intentos desde aquí. Espera 10 minutos o usa un dispositivo donde ya entraste.",
    ),
    "signin.provider": ("Sign in with your clinic's account", "Entrar con la cuenta de tu clínica"),
    "signin.provider_state": (
        "That sign-in was started somewhere else or too long ago. Start again.",
        "Ese inicio de sesión empezó en otro lugar o hace mucho. Empieza otra vez.",
    ),
    "signin.provider_old": (
        "Your clinic's sign-in did not ask who you are: it knew you from before. Sign out there and return.",
        "El ingreso de tu clínica te conocía de antes y no preguntó quién eres. Sal allí y empieza otra vez.",
    ),
    "signin.provider_no": (
        "Your clinic's sign-in did not accept you. Try again, or use your password.",
        "El inicio de sesión de tu clínica no te aceptó. Intenta otra vez o usa tu contraseña.",
    ),
    "signin.provider_away": (
        "Your clinic's sign-in is not answering. Wait a moment, or use your password.",
        "El inicio de sesión de tu clínica no responde. Espera un momento o usa tu contraseña.",
    ),
    "signin.provider.no_role": (
        "Your clinic account has no role here yet. Ask the person who manages those accounts.",
        "La cuenta de tu clínica aún no tiene función aquí. Pregunta a quien la administra.",
    ),
    "signin.provider.no_email": (
        "Your clinic account has no email. Ask the person who manages those accounts.",
        "La cuenta de tu clínica no tiene correo. Pregunta a quien la administra.",
    ),
    "signin.provider.email_taken": (
        "Someone already signs in with this email. Ask a manager.",
        "Alguien ya entra con este correo. Pregunta a la gerencia.",
    ),
    "signin.provider.disabled": (
        "This account is turned off. Ask a manager.",
        "Esta cuenta está desactivada. Pregunta a la gerencia.",
    ),
    "signin.provider.no_clinic": (
        "The clinic in OIDC_CLINIC is not here. Ask whoever runs this service.",
        "La clínica de OIDC_CLINIC no está aquí. Pregunta a quien administra este servicio.",
    ),
    "signin.set_up": ("Set up your clinic", "Configura tu clínica"),
    "signin.set_up_says": (
        "This takes two minutes. You will be the first manager. You can add the others later.",
        (
            "Toma dos minutos. Tendrás el primer acceso de gerencia y después podrás agregar a las demás "
            "personas."
        ),
    ),
    "signin.word": ("Set-up code", "Código de configuración"),
    "signin.word_hint": (
        "Copy it from the end of the address that the service printed when it started.",
        "Cópialo del final de la dirección que mostró el servicio al iniciar.",
    ),
    "signin.word_wrong": (
        "That is not the set-up code. Copy it from the end of the address that the service printed.",
        "Ese no es el código. Cópialo del final de la dirección que mostró el servicio.",
    ),
    "signin.clinic": ("Name of the clinic", "Nombre de la clínica"),
    "signin.zone": ("Time zone", "Zona horaria"),
    "signin.zone_hint": (
        "Days and weeks are counted in this time zone. You cannot change it later.",
        "Los días y las semanas se cuentan en esta zona horaria. No se puede cambiar después.",
    ),
    "signin.your_name": ("Your name", "Tu nombre"),
    "signin.set_up_do": ("Set up my clinic", "Configurar mi clínica"),
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
    "signin.first_person": ("Your first participant", "Primera persona en el programa"),
    "signin.first_person_says": (
        "Optional. They are enrolled in the program from today on.",
        "Opcional. Queda en el programa a partir de hoy.",
    ),
    "signin.reference": (
        "Your own reference, such as a chart number",
        "Tu referencia, como un número de expediente",
    ),
    "signin.first_do": ("Start", "Empezar"),
    "signin.join": ("Choose your password", "Elige tu contraseña"),
    "signin.join_says": (
        "You sign in here as {email}. Nobody else ever sees this password.",
        "Entras aquí como {email}. Nadie más ve nunca esta contraseña.",
    ),
    "signin.join_do": ("Keep it and sign in", "Guardar y entrar"),
    "signin.first_later": ("Do this later", "Hacerlo después"),
}
