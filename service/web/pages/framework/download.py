"""Files to be kept on disk, such as a table for a spreadsheet."""

import re
from typing import Final

from schemas.notices import PART_2_NOTICE
from schemas.program import Unit
from service.core.currencies import plain
from service.core.plain_cells import MARK, plain_cell
from service.web.http.answers import Answer, Header
from service.web.http.disclosing import NOTICE

CSV_MEDIA: Final = b"text/csv; charset=utf-8"
BOM: Final = "\ufeff"


def cell(value: object) -> str:
    """One cell of CSV, which no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if not text.startswith(MARK):
        text = plain_cell(text)
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text


def amount_cell(amount: int, unit: Unit) -> str:
    """An amount as a number: money with its minor digits, or whole points and draws."""
    return plain(amount, unit)


def as_csv(name: str, rows: list[list[object]], *, tells_of_people: bool = False) -> Answer:
    """A table as a file that spreadsheets read: UTF-8 with its mark, and a name without anybody in it.

    One that tells of people ends in a line with the notice of 42 CFR part 2; the rest is as ever.
    """
    told: list[list[object]] = [[PART_2_NOTICE]] if tells_of_people else []
    body = BOM + "".join(",".join(cell(one) for one in row) + "\r\n" for row in [*rows, *told])
    answer = as_file(name, CSV_MEDIA, body.encode())
    if tells_of_people:
        answer.headers = [*answer.headers, NOTICE]
    return answer


def as_file(name: str, media: bytes, body: bytes) -> Answer:
    """A file to be kept on disk; `name` is of plain letters."""
    kept: Header = (b"content-disposition", f'attachment; filename="{name}"'.encode("ascii"))
    return Answer(200, body, [(b"content-type", media), (b"cache-control", b"no-store"), kept])
