"""What the ways to sign in say, and the first run."""

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
        "The email or the password is not right. After five tries an account rests for 15 minutes.",
        "El correo o la contraseña no son correctos. Tras cinco intentos, la cuenta descansa 15 minutos.",
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
        "That was tried too often. Wait a minute and try again.",
        "Se intentó demasiadas veces. Espera un minuto e intenta de nuevo.",
    ),
}
