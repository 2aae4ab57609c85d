"""`flask --app wsgi addendum parse FILE`"""

import json
from pathlib import Path
from typing import IO, Any

import click
from flask.cli import AppGroup

from app.addenda.finding import reindex_all
from app.addenda.reading import ReadingRefused, read_document

addendum_commands = AppGroup("addendum", help="Documents of calls.")


class _Failure(click.ClickException):
    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"Fout: {self.message}", file=file, err=True)


@addendum_commands.command("parse")
@click.argument("file", type=click.Path(path_type=Path), required=False)
def parse_command(file: Path | None) -> None:
    """Read an addendum (PDF, DOCX, ODT or text) and print what it holds as one JSON object."""
    if file is None:
        raise _Failure("Zeg welk bestand gelezen moet worden: addendum parse BESTAND")
    try:
        parsed = read_document(file.read_bytes(), file.name).parsed
    except OSError as error:
        raise _Failure(f"Het bestand {file} kan niet gelezen worden: {_why(error)}.") from None
    except ReadingRefused as error:
        raise _Failure("\n".join([f"{error.message} [{error.code}]", *_steps(error)])) from None
    click.echo(json.dumps(parsed.to_json(), ensure_ascii=False, indent=2))


@addendum_commands.command("reindex")
def reindex_command() -> None:
    """Lay down anew what visitors search in; for after a change of names or of the words that are cut."""
    click.echo(f"{reindex_all()} oproepen opgenomen in de zoekindex.")


def _why(error: OSError) -> str:
    """In Dutch; the system says it in its own language."""
    if isinstance(error, FileNotFoundError):
        return "het bestaat niet"
    if isinstance(error, IsADirectoryError):
        return "het is een map"
    if isinstance(error, PermissionError):
        return "je hebt er geen toegang toe"
    return f"het systeem gaf fout {error.errno}"


def _steps(error: ReadingRefused) -> list[str]:
    return [f"  {place}. {step}" for place, step in enumerate(error.refusal.steps, start=1)]
