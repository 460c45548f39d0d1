"""Signatures by Ed25519, checked by the formulas of RFC 8032 and nothing else.

Points are kept in extended coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z and x*y = T/Z (section 5.1.4). It
takes a few milliseconds a signature and no care of time: nothing here is secret.
"""

import hashlib
from typing import Final

P: Final = 2**255 - 19
"""The prime of the field."""
ORDER: Final = 2**252 + 27742317777372353535851937790883648493
"""The order of the base point's group."""
D: Final = -121665 * pow(121666, -1, P) % P
"""The constant of the curve -x² + y² = 1 + d x² y²."""
ROOT: Final = pow(2, (P - 1) // 4, P)
"""A square root of -1."""
KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64

Point = tuple[int, int, int, int]
ZERO: Final[Point] = (0, 1, 1, 0)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature is of this message by the owner of this key (RFC 8032, section 5.1.7)."""
    if len(public_key) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    key, nonce = point_of(public_key), point_of(signature[:KEY_BYTES])
    scalar = int.from_bytes(signature[KEY_BYTES:], "little")
    if key is None or nonce is None or scalar >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:KEY_BYTES] + public_key + message).digest()
    challenge = int.from_bytes(hashed, "little") % ORDER
    return _same(_times(scalar, _base()), _plus(nonce, _times(challenge, key)))


def point_of(written: bytes) -> Point | None:
    """A point from its 32 bytes: y, with the sign of x in the highest bit. None where there is none."""
    number = int.from_bytes(written, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def _base() -> Point:
    y = 4 * pow(5, -1, P) % P
    x = _x_of(y, 0) or 0
    return (x, y, 1, x * y % P)


def _plus(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(scalar: int, point: Point) -> Point:
    total = ZERO
    while scalar:
        if scalar & 1:
            total = _plus(total, point)
        point = _plus(point, point)
        scalar >>= 1
    return total


def _same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0
