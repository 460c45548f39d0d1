"""The currencies of ISO 4217, and how many digits the minor unit of each has.

The source is the standard's List One, "Current currency and funds codes", as SIX published it on 2026-01-01:
every code of it that is no fund's and has a minor unit, in small letters. A currency that joins the list is
added here and nowhere else.
"""

from collections.abc import Mapping
from typing import Final, Literal

Currency = Literal[
    "aed", "afn", "all", "amd", "aoa", "ars", "aud", "awg", "azn", "bam", "bbd", "bdt", "bhd", "bif",
    "bmd", "bnd", "bob", "brl", "bsd", "btn", "bwp", "byn", "bzd", "cad", "cdf", "chf", "clp", "cny",
    "cop", "crc", "cup", "cve", "czk", "djf", "dkk", "dop", "dzd", "egp", "ern", "etb", "eur", "fjd",
    "fkp", "gbp", "gel", "ghs", "gip", "gmd", "gnf", "gtq", "gyd", "hkd", "hnl", "htg", "huf", "idr",
    "ils", "inr", "iqd", "irr", "isk", "jmd", "jod", "jpy", "kes", "kgs", "khr", "kmf", "kpw", "krw",
    "kwd", "kyd", "kzt", "lak", "lbp", "lkr", "lrd", "lsl", "lyd", "mad", "mdl", "mga", "mkd", "mmk",
    "mnt", "mop", "mru", "mur", "mvr", "mwk", "mxn", "myr", "mzn", "nad", "ngn", "nio", "nok", "npr",
    "nzd", "omr", "pab", "pen", "pgk", "php", "pkr", "pln", "pyg", "qar", "ron", "rsd", "rub", "rwf",
    "sar", "sbd", "scr", "sdg", "sek", "sgd", "shp", "sle", "sos", "srd", "ssp", "stn", "svc", "syp",
    "szl", "thb", "tjs", "tmt", "tnd", "top", "try", "ttd", "twd", "tzs", "uah", "ugx", "usd", "uyu",
    "uyw", "uzs", "ved", "ves", "vnd", "vuv", "wst", "xad", "xaf", "xcd", "xcg", "xof", "xpf", "yer",
    "zar", "zmw", "zwg",
]  # fmt: skip  # table: List One of ISO 4217
"""A currency by its code of ISO 4217 in small letters; its amounts are in its minor unit."""

DIGITS: Final[Mapping[Currency, int]] = {
    "bif": 0, "clp": 0, "djf": 0, "gnf": 0, "isk": 0, "jpy": 0, "kmf": 0, "krw": 0, "pyg": 0, "rwf": 0,
    "ugx": 0, "vnd": 0, "vuv": 0, "xaf": 0, "xof": 0, "xpf": 0,
    "bhd": 3, "iqd": 3, "jod": 3, "kwd": 3, "lyd": 3, "omr": 3, "tnd": 3,
    "uyw": 4,
}  # fmt: skip  # table: List One of ISO 4217
"""The digits of the minor unit where they are not two: none of the yen, three of the Kuwaiti dinar."""
