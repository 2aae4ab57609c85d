"""CSV for spreadsheets: semicolons and a byte order mark, as Dutch Excel expects."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response

from app.infra.downloads import disposition

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """Text that a spreadsheet will never run as a formula; nothing becomes an empty cell."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file to download; every cell is made safe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    response = Response("\ufeff" + buffer.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = disposition(name)
    return response


def csv_stream(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The same, sent while the rows are being read; `rows` must not need the request any more."""
    response = Response(_portions(header, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = disposition(name)
    return response


def _portions(header: Sequence[str], rows: Iterable[Sequence[object]], size: int = 500) -> Iterator[str]:
    buffer = io.StringIO("\ufeff")
    buffer.seek(1)
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    for count, row in enumerate(rows, start=1):
        writer.writerow([safe_cell(value) for value in row])
        if count % size == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
