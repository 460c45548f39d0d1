"""Options of `rewards import` that say how a table is read."""

from service.commands.declaring import Parser


def add_table_options(bring: Parser) -> None:
    """How a table is read, where its header and cells do not say it themselves."""
    bring.add_argument(
        "--times",
        metavar="FORM",
        help="how times are written: month/day/year, day/month/year, year-month-day, or a pattern such as "
        "%%Y%%m%%d%%H%%M%%S (default: each with its offset from UTC)",
    )
    bring.add_argument("--zone", metavar="Z", help="zone of times without an offset (default the clinic's)")
    bring.add_argument(
        "--date-alone",
        choices=("refused", "noon"),
        default="refused",
        help="what a date without a time of day means (default refused)",
    )
    bring.add_argument(
        "--unix-times", action="store_true", help="take numbers as seconds or milliseconds since 1970"
    )
    bring.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column is, such as 'Chart=participant_reference'; COLUMN= passes it over",
    )
    bring.add_argument("--others", action="store_true", help="pass over columns that are not known")
    bring.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="what every line means that lacks it",
    )
    bring.add_argument(
        "--outcome",
        action="append",
        default=[],
        metavar="WORD=OUTCOME",
        help="what a word for an outcome means, such as 'No show=missed'; TARGET:WORD=OUTCOME for one target",
    )
    bring.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a workbook (default the first that fits)"
    )
    bring.add_argument("--encoding", metavar="E", help="the encoding of a text (default found by itself)")
    bring.add_argument(
        "--separator",
        metavar="S",
        help="comma, semicolon, tab, pipe, or the sign itself (default found by itself)",
    )
