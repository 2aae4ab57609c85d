"""Every endpoint says who it is for; a test walks `app.url_map` and fails for one that does not.

`declare` only marks. Decorators that also enforce (`signed_in`, and `for_call`, `for_proposal` … of the
features) use it, so that what is declared is what is checked.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"
EITHER = " or "

# Views of Flask and Flask-Security, which cannot carry our mark.
DECLARED_ELSEWHERE = {"static": PUBLIC, "security.logout": PUBLIC}


def declare(*rules: str) -> Callable[[View], View]:
    """Mark a view with `PUBLIC`, `SIGNED_IN` or an action of `domain.access.PERMISSIONS`; with two actions
    where another one counts in another phase."""

    def mark(view: View) -> View:
        view.access_rule = EITHER.join(rules)  # type: ignore[attr-defined]
        return view

    return mark


public = declare(PUBLIC)


def signed_in(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Only for people who signed in; others are led to the sign-in page and back."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return to_sign_in()
        return view(*args, **kwargs)

    return declare(SIGNED_IN)(guarded)


def to_sign_in() -> ResponseReturnValue:
    """To the sign-in page; a form that was being sent is not lost, the browser keeps its copy."""
    target = request.full_path.rstrip("?") if request.method == "GET" else request.referrer
    return redirect(url_for("security.login", next=target or "/"))
