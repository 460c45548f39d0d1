"""Receipts as they are kept: a fifth of their size, packed with what all of them have in common.

A kept receipt is raw DEFLATE (RFC 1951) behind the number of its dictionary; one that begins with a brace is
JSON as it is, as all were before. Unpacked it is what was answered, byte for byte. PostgreSQL packs no value
of a row below two kilobytes.
"""

import zlib
from typing import Final

_FIRST: Final = (
    b'"corrections":[{"id":"","event":"","kind":"entry_error","outcome":"","reason":"","recorded_at":"'
    b'","recorded_by":""}],"expected_on":"20","another_of":"","behavior":"attendance","homework","medi'
    b'cation","activity","outcome":"attended","absent","excused","missed","negative","effect":"neutral'
    b'","code":"no_change","text":"The most for one year is reached: $ less. Added after a change to t'
    b"he record: $ Taken back after a change to the record. Thank you. It is recorded; this week's rew"
    b"ards were already complete. Welcome: $ Bonus for 3 this week: Bonus for 3 in a row: $ Bono por 3"
    b" veces seguidas: Gracias. Queda registrado; las recompensas de esta semana ya estaban completas."
    b" Se alcanz\xc3\xb3 el m\xc3\xa1ximo por a\xc3\xb1o: $ menos. A\xc3\xb1adido tras un cambio en el re"
    b'gistro: ","code":"reset","text":"Esta visita no gan\xc3\xb3 nada. Los pasos empiezan de nuevo, y to'
    b'do lo que ganaste es tuyo.","amount":0,"count":0}"unit":"points","unit":"draw","sentence":"A par'
    b"tir de la pr\xc3\xb3xima semana, tu siguiente Las semanas del programa terminaron. Todo lo que gana"
    b"ste sigue siendo tuyo. Gracias por venir. La visita de hoy no gan\xc3\xb3 nada; lo que ganaste Tu s"
    b"iguiente prueba negativa vale $ Dos veces m\xc3\xa1s seguidas y vuelves a $ The program's weeks ar"
    b"e over. All you earned stays yours. From next week on, your next Thanks for coming in. Today's v"
    b"isit earned nothing; One more and you are back at $ Two more in a row and you are back at $ with"
    b' a bonus of $ in it. you are back where you were. visit is worth 30 points. "after_a_miss":[],"s'
    b'uccesses_to_recover":null,"next":[],"kind":"bonus","week_bonus","kind":"adjustment","kind":"welc'
    b'ome","recovered","text":"Negative test: you are back at step 5, $"code":"reset","text":"This vis'
    b'it earned nothing. The steps start again, and all you earned stays yours.","amount":0,"count":0}'
    b'],{"event":{"id":"01a22a4c-5bf0-7265-ae78-6131863c9453","enrollment":"01a22a4c-5138-77a9-a408-3f'
    b'44c2cf83fe","participant":"01a22a4c-5137-7213-bb59-c9808dda9674","target":"stimulant-negative","'
    b'behavior":"test","outcome":"negative","effect":"success","occurred_at":"2026-11-29T15:00:00Z","r'
    b'ecorded_at":"2026-11-29T15:12:00.123456Z","recorded_by":"01a22a4c-1b2f-7114-bec3-3303499c921b","'
    b'week":26,"reference":"v-"},"awards":[{"id":"01a22a4c-5bf0-7266-94b1-4090b8de48cc","kind":"base",'
    b'"unit":"usd","amount":1000,"clipped":0,"reasons":[{"code":"step","text":"Negative test, step 2: '
    b'$10.00.","amount":1000,"count":2}],"event":"01a22a4c-5bf0-7265-ae78-6131863c9453","overpaid":0,"'
    b'unrecovered":0}],"total":[{"unit":"usd","amount":1000}],"balances":[{"unit":"usd","available":38'
    b'200,"held":0,"given":6000,"earned":44200}],"outlook":[{"target":"stimulant-negative","next":[{"u'
    b'nit":"usd","amount":1150}],"after_a_miss":[{"unit":"usd","amount":1000}],"successes_to_recover":'
    b'null,"sentence":"Your next negative test is worth $11.50."}],"adjustments":[]}'
)
"""What receipts say, the commonest last. It is never changed: what was packed with it needs every byte."""

DICTIONARIES: Final = {1: _FIRST}
NEWEST: Final = 1
WINDOW: Final = -12
"""How far back the packer looks, as a power of two: over the dictionary and a usual receipt."""


class UnknownReceiptError(ValueError):
    """Bytes that are no kept receipt, or were packed with a dictionary that this version does not know."""


_packer = zlib.compressobj(6, zlib.DEFLATED, WINDOW, 5, zlib.Z_DEFAULT_STRATEGY, DICTIONARIES[NEWEST])


def pack(receipt: bytes) -> bytes:
    """A receipt's JSON as it is kept."""
    packer = _packer.copy()
    return bytes((NEWEST,)) + packer.compress(receipt) + packer.flush()


def unpack(kept: bytes) -> bytes:
    """The JSON of a kept receipt. Raises UnknownReceiptError."""
    if kept[:1] == b"{":
        return kept
    dictionary = DICTIONARIES.get(kept[0]) if kept else None
    if dictionary is None:
        raise UnknownReceiptError
    try:
        unpacker = zlib.decompressobj(WINDOW, dictionary)
        return unpacker.decompress(kept[1:]) + unpacker.flush()
    except zlib.error as error:
        raise UnknownReceiptError from error
