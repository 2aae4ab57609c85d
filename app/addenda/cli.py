"""`flask --app wsgi addendum parse FILE`"""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from app.addenda.finding import reindex_all
from app.addenda.importing import ImportRefused
from app.addenda.reading import read_document

addendum_commands = AppGroup("addendum", help="Documents of calls.")


@addendum_commands.command("parse")
@click.argument("file", type=click.Path(path_type=Path))
def parse_command(file: Path) -> None:
    """Read an addendum (PDF, DOCX, ODT or text) and print what it holds as one JSON object."""
    try:
        parsed = read_document(file.read_bytes(), file.name).parsed
    except OSError as error:
        raise click.ClickException(f"Het bestand {file} kan niet gelezen worden: {error.strerror}.") from None
    except ImportRefused as error:
        raise click.ClickException(f"{error.message} [{error.code}]") from None
    click.echo(json.dumps(parsed.to_json(), ensure_ascii=False, indent=2))


@addendum_commands.command("reindex")
def reindex_command() -> None:
    """Lay down anew what visitors search in; for after a change of names or of the words that are cut."""
    click.echo(f"{reindex_all()} oproepen opgenomen in de zoekindex.")
