"""A form that arrives after the sign-in expired: what was typed comes back in a form to send again."""

from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from app.accounts.actors import current_actor
from app.infra.kept import can_be_kept, kept_page, wants_json
from app.proposals.wording import ANSWER_PARTS, EXPECTATIONS

_LABELS = {
    "summary": "Samenvatting",
    "references": "Referenties",
    "capacity_fte": "Capaciteit in voltijdse equivalenten",
    "cost_estimate": "Kostenraming",
    "reason": "Reden",
    "answer": "Toelichting",
    **{one.key: one.label for one in EXPECTATIONS},
    **{one.key: one.label for one in ANSWER_PARTS},
}


def keep_typed() -> ResponseReturnValue:
    """401 with everything that was sent, ready to be sent again after signing in; nothing is saved.

    Only for a form of this site: another site cannot have its own text put in this page.
    """
    if not can_be_kept():
        raise BadRequest
    signed_out = not current_actor().signed_in
    if wants_json():
        return ({"state": "signed_out"}, 401) if signed_out else (_reload(), 400)
    return kept_page(_label, ended=signed_out), 401


def _reload() -> dict[str, str]:
    return {"state": "failed", "message": "Niet bewaard: herlaad de pagina. Je tekst staat in deze browser."}


def _label(name: str) -> str:
    return _LABELS.get(name.partition("-")[0], "")
