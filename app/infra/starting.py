"""Nobody starts to write with settings that do not fit what lies in the database."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from app.infra.database import db


def start_problem() -> str:
    """The first objection of the functions in the setting START_CHECKS, in words for an operator, or "".

    Without tables, or without a database, there is none: that is told by `/readyz`.
    """
    try:
        return next((found for check in current_app.config["START_CHECKS"] if (found := check())), "")
    except SQLAlchemyError:
        return ""
    finally:
        db.session.rollback()


def only_with_fitting_keys(command: Callable[..., Any]) -> Callable[..., Any]:
    """For a command that writes: it refuses, with the objection, before it does anything."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        problem = start_problem()
        if problem:
            raise click.ClickException(problem)
        return command(*args, **kwargs)

    return guarded
