"""A form that arrives after the sign-in expired: what was typed comes back in a form to send again."""

from urllib.parse import urlsplit

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from app.accounts.actors import current_actor
from app.proposals.wording import ANSWER_PARTS, EXPECTATIONS

_SKIPPED = {"csrf_token"}
_LABELS = {
    "summary": "Samenvatting",
    "references": "Referenties",
    "capacity_fte": "Capaciteit in voltijdse equivalenten",
    "cost_estimate": "Kostenraming",
    "reason": "Reden",
    **{one.key: one.label for one in EXPECTATIONS},
    **{one.key: one.label for one in ANSWER_PARTS},
}


def wants_json() -> bool:
    """Whether the request is a save while typing (app/static/js/autosave.js)."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def keep_typed() -> ResponseReturnValue:
    """401 with everything that was sent, ready to be sent again after signing in; nothing is saved.

    Only for a form of this site: another site cannot have its own text put in this page.
    """
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        raise BadRequest
    if wants_json():
        signed_out = not current_actor().signed_in
        return ({"state": "signed_out"}, 401) if signed_out else (_reload(), 400)
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _SKIPPED]
    texts = [(name, _label(name), value) for name, value in fields if value and _label(name)]
    hidden = [(name, value) for name, value in fields if not (value and _label(name))]
    page = render_template(
        "proposals/kept.html",
        texts=texts,
        hidden=hidden,
        action=request.path,
        signed_in=current_actor().signed_in,
        sign_in=url_for("security.login"),
    )
    return page, 401


def _reload() -> dict[str, str]:
    return {"state": "failed", "message": "Niet bewaard: herlaad de pagina. Je tekst staat in deze browser."}


def _label(name: str) -> str:
    return _LABELS.get(name.partition("-")[0], "")
