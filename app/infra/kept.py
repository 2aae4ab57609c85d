"""A form that could not be taken, because the page stood open too long: what was typed comes back in a form
to send again. A file, or a password, never does."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import render_template, request, url_for
from flask_login import current_user

LIMIT = 1_000_000  # characters; more than any page of the product asks for
_SKIPPED = {"csrf_token"}
_SECRET = re.compile(r"passw|wachtwoord|secret|^again$|^current$", re.IGNORECASE)


def is_secret(name: str) -> bool:
    """Whether a field with this name holds a password."""
    return bool(_SECRET.search(name))


def from_this_site() -> bool:
    """Whether the form was sent by a page of this site: another one cannot have its own text put in ours."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    named = (request.headers.get(name) for name in ("Origin", "Referer"))
    return all(urlsplit(one).netloc == request.host for one in named if one)


def wants_json() -> bool:
    """Whether a script of a page asks (saving while typing, sending a file): it cannot read a page."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def can_be_kept() -> bool:
    """Whether the form can be shown again."""
    size = sum(len(name) + len(value) for name, value in request.form.items(multi=True))
    return request.method == "POST" and from_this_site() and size <= LIMIT


def kept_page(label: Callable[[str], str] | None = None, *, ended: bool = False, trouble: str = "") -> str:
    """The page with everything that was sent, for a form that `can_be_kept`. `label` names the fields that
    hold a text ("" for the others); without it those with words in them are shown. `ended`: the sign-in is
    over and needed to send it again; `trouble`: another reason why it was not taken."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _SKIPPED]
    safe = [(name, value) for name, value in fields if not is_secret(name)]
    named = [(name, _label(label, name, value), value) for name, value in safe]
    return render_template(
        "errors/kept.html",
        texts=[(name, text, value) for name, text, value in named if text],
        hidden=[(name, value) for name, text, value in named if not text],
        withheld=len(safe) < len(fields) or bool(request.files),
        action=request.full_path.removesuffix("?"),
        signed_in=current_user.is_authenticated,
        ended=ended,
        trouble=trouble,
        sign_in=url_for("security.login"),
    )


def _label(label: Callable[[str], str] | None, name: str, value: str) -> str:
    if not value.strip():
        return ""
    if label is not None:
        return label(name)
    return "Wat je typte" if re.search(r"\s", value.strip()) or len(value) > 80 or "@" in value else ""
