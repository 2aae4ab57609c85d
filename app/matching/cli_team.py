"""`flask --app wsgi team …`"""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from app.domain.errors import DomainError
from app.domain.team import MORE_SECONDS, SECONDS, Team, compose
from app.domain.team_explain import contradiction
from app.domain.team_limits import Demand
from app.domain.team_problem import TeamProblem
from app.domain.team_reading import read_problem
from app.infra.messages import say

team_commands = AppGroup("team", help="De samenstelling van een team.")

LIMITS = {
    "budget": "het budget",
    "max_partners": "het hoogste aantal partners",
    "min_partners": "het laagste aantal partners",
    "min_score": "de laagste score",
    "must": "kandidatuur {} moet erbij",
    "must_not": "kandidatuur {} mag er niet bij",
    "critical": "obstakel {} zo vaak beantwoord",
    "municipalities": "gemeente {} bediend",
    "coordinator": "een coördinator",
}


@team_commands.command("compose")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seconds", type=click.FloatRange(0.01, 3600), default=SECONDS, show_default=True)
@click.option("--more-seconds", type=click.FloatRange(0, 3600), default=MORE_SECONDS, show_default=True)
def compose_command(file: Path, seconds: float, more_seconds: float) -> None:
    """Print, as JSON, the set of proposals in FILE that covers the obstacles best within the limits.

    Up to --seconds for that set, and --more-seconds after it for the alternatives.
    """
    try:
        problem = read_problem(_read(file))
        found = compose(problem, seconds=seconds, more_seconds=more_seconds)
    except DomainError as error:
        if error.code == "team_contradiction":
            _contradicts(problem)
        raise click.ClickException(say(error)) from None
    if not found.settled:
        click.echo("De tijd was om: niet alles is bewezen. Met --seconds krijg je meer tijd.", err=True)
    click.echo(
        json.dumps(
            {
                **_shown(found.team),
                "bound": _plain(found.bound),
                "gap": _plain(found.gap),
                "alternatives": [_shown(one) for one in found.alternatives],
            },
            ensure_ascii=False,
            indent=2,
        )
    )


def _contradicts(problem: TeamProblem) -> NoReturn:
    names = "; ".join(_named(one) for one in contradiction(problem))
    raise click.ClickException(say(DomainError("team_contradiction", limits=names)))


def _named(demand: Demand) -> str:
    return LIMITS[demand.name].format(demand.about)


def _shown(team: Team) -> dict[str, Any]:
    return {
        "proposals": list(team.proposals),
        "coverage": _plain(team.coverage),
        "quality": _plain(team.quality),
        "cost": _plain(team.cost),
    }


def _plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)


def _read(file: Path) -> Any:
    try:
        return json.loads(
            file.read_bytes(), parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_object
        )
    except OSError as error:
        raise click.ClickException(f"{file} is niet te lezen: {error.strerror}.") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise DomainError("team_file") from None


def _refuse(name: str) -> NoReturn:
    raise DomainError("team_not_a_number", number=name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise DomainError("team_key_double", name=next(one for one in names if names.count(one) > 1))
    return found
