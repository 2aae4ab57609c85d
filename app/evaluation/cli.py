"""`flask --app wsgi ranking …`"""

import json
from typing import Any

import click
from flask.cli import AppGroup

from app.addenda.queries import load_call
from app.domain.errors import NotFound
from app.domain.scoring import Failure, shown
from app.evaluation.standings import standings_of
from app.infra import clock

ranking_commands = AppGroup("ranking", help="De rangschikking van een oproep.")


@ranking_commands.command("recompute")
@click.argument("call", type=int)
def recompute(call: int) -> None:
    """Work the ranking of CALL (its number) out again from the sheets, and print it as JSON."""
    try:
        load_call(call, clock.now())
    except NotFound:
        raise click.ClickException(f"Oproep {call} bestaat niet.") from None
    click.echo(json.dumps(_ranking(call), ensure_ascii=False, indent=2))


def _ranking(addendum_id: int) -> dict[str, Any]:
    """Totals exact as a fraction ("4213/50") and shown with two decimals."""
    standings = standings_of(addendum_id)
    number = {one: row.receipt_number for one, row in standings.proposals.items()}
    return {
        "call": addendum_id,
        "ranking": [
            {
                "place": one.place,
                "tied": one.tied,
                "proposal": one.proposal_id,
                "receipt": number[one.proposal_id],
                "total": str(shown(one.score.total or 0)),
                "exact": str(one.score.total),
                "pitched": one.score.pitched,
                "sheets": one.score.sheet_count,
                "passes": one.passes,
                "failures": [_failure(failure) for failure in one.score.failures],
            }
            for one in standings.ranking.placed
        ],
        "unscored": [number[one.proposal_id] for one in standings.ranking.unscored],
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "round": failure.round,
        "criterion": failure.criterion_id,
        "reached": str(failure.reached),
        "needed": str(failure.needed),
    }
