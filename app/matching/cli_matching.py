"""`flask --app wsgi matching rank --needs FILE --offers FILE` and `matching evaluate FILE`"""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import IO, Any

import click
import numpy as np
from flask.cli import AppGroup

from app.domain.errors import DomainError
from app.domain.match_measures import Measures, chance, character_likeness, measures, partial_ratios
from app.domain.matching import Match, MatchIndex
from app.infra.messages import say
from app.matching.encoding import encoder
from app.matching.labelled import Labelled, read_labelled, read_texts
from app.matching.reason_sentences import sentence
from app.matching.thesaurus_files import thesaurus
from app.matching.vocabulary.store import thesaurus_or_files

matching_commands = AppGroup("matching", help="Needs and offers: rank them, and measure how well that goes.")
_FILE = click.Path(path_type=Path)
_encoder = click.option("--encoder", "with_encoder", is_flag=True, help="With sentence vectors as well.")


class _Refused(click.ClickException):
    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"Fout: {self.message}", file=file, err=True)


def _in_dutch(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except DomainError as error:
            raise _Refused(say(error)) from None

    return run


@matching_commands.command("rank")
@click.option("--needs", type=_FILE, required=True, help="JSON: {id: text}.")
@click.option("--offers", type=_FILE, required=True, help="JSON: {id: text}.")
@_encoder
@_in_dutch
def rank_command(needs: Path, offers: Path, with_encoder: bool) -> None:
    """Print for each offer all needs, best first, each with its score and the reasons."""
    index = MatchIndex(read_texts(needs), thesaurus_or_files(), encoder() if with_encoder else None)
    texts = read_texts(offers)
    index.add_all(texts)
    rows = (f"{json.dumps(one, ensure_ascii=False)}: {_ranked(index, one)}" for one in texts)
    separator = "{"
    for row in rows:
        click.echo(separator + row, nl=False)
        separator = ",\n"
    click.echo("{}" if separator == "{" else "}")


def _ranked(index: MatchIndex, offer: str) -> str:
    found = {"best": index.best(offer), "needs": [_match(one) for one in index.matches(offer)]}
    return json.dumps(found, ensure_ascii=False)


def _match(one: Match) -> dict[str, Any]:
    why = [{**asdict(reason), "sentence": sentence(reason)} for reason in one.reasons]
    return {"need": one.need, "score": one.score, "reasons": why}


@matching_commands.command("evaluate")
@click.argument("file", type=_FILE)
@_encoder
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@_in_dutch
def evaluate_command(file: Path, with_encoder: bool, as_json: bool) -> None:
    """Measure the matching on a labelled set, beside three simple ways, in one run."""
    labelled = read_labelled(file)
    found = evaluate(labelled, with_encoder)
    if as_json:
        click.echo(json.dumps({name: asdict(one) for name, one in found.items()}))
        return
    none = sum(not one for one in labelled.relevant)
    click.echo(f"{len(labelled.needs)} needs, {len(labelled.offers)} offers, {none} of them with no need")
    click.echo(f"{'':<26}{'MAP':>8}{'recall@5':>10}{'AUC':>8}")
    for name, one in found.items():
        figures = (one.average_precision, one.recall_at_5, one.abstention)
        shown = ["-" if value is None else f"{value:.3f}" for value in figures]
        click.echo(f"{name:<26}{shown[0]:>8}{shown[1]:>10}{shown[2]:>8}")


def evaluate(labelled: Labelled, with_encoder: bool = False) -> dict[str, Measures]:
    """By name of the way of matching, ours first."""
    columns = {need: place for place, need in enumerate(labelled.needs)}
    relevant = [frozenset(columns[one] for one in each) for each in labelled.relevant]
    needs, offers = list(labelled.needs.values()), list(labelled.offers.values())
    index = MatchIndex(labelled.needs, thesaurus(), encoder() if with_encoder else None)
    index.add_all(labelled.offers)
    ours = np.array([index.scores(one) for one in labelled.offers])
    ways = {
        "matching": ours,
        "partial_ratio": partial_ratios(needs, offers),
        "TF-IDF of characters": character_likeness(needs, offers),
        "random": chance(len(needs), len(offers)),
    }
    return {name: measures(scores, relevant) for name, scores in ways.items()}
