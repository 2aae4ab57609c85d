"""`flask --app wsgi addendum parse FILE`"""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from app.addenda.finding import reindex_all
from app.addenda.reading import ReadingRefused, read_document

addendum_commands = AppGroup("addendum", help="Documents of calls.")


@addendum_commands.command("parse")
@click.argument("file", type=click.Path(path_type=Path))
def parse_command(file: Path) -> None:
    """Read an addendum (PDF, DOCX, ODT or text) and print what it holds as one JSON object."""
    try:
        parsed = read_document(file.read_bytes(), file.name).parsed
    except OSError as error:
        raise click.ClickException(f"Het bestand {file} kan niet gelezen worden: {error.strerror}.") from None
    except ReadingRefused as error:
        raise click.ClickException("\n".join([f"{error.message} [{error.code}]", *_steps(error)])) from None
    click.echo(json.dumps(parsed.to_json(), ensure_ascii=False, indent=2))


@addendum_commands.command("reindex")
def reindex_command() -> None:
    """Lay down anew what visitors search in; for after a change of names or of the words that are cut."""
    click.echo(f"{reindex_all()} oproepen opgenomen in de zoekindex.")


def _steps(error: ReadingRefused) -> list[str]:
    return [f"  {place}. {step}" for place, step in enumerate(error.refusal.steps, start=1)]
