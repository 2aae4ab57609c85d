"""The public page where a receipt is checked, and the heads themselves: for everybody, always."""

import json
from pathlib import Path
from types import ModuleType

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from app.audit.forms import MOST_BYTES, CheckForm
from app.audit.heads import OtherKey, last_shown, public_lines
from app.audit.presenters import Outcome, due_sentence, head_rows, key_facts, outcome_of
from app.infra import clock
from app.infra.access import declare
from app.infra.outage import told
from tools import verify_dossier, verify_receipt

PER_PAGE = 50
LARGEST = 2**31 - 1
OTHER_KEY = (
    "De server kan nu geen ontvangstbewijs tekenen: zijn instellingen kloppen niet. Er is niets ingediend en "
    "niets half bewaard. Probeer het straks opnieuw en verwittig de beheerder."
)

blueprint = Blueprint("audit", __name__)
for_everybody = declare("audit.public_heads")


@blueprint.get("/controle")
@for_everybody
def check() -> ResponseReturnValue:
    return _check_page(CheckForm(formdata=None))


@blueprint.post("/controle")
@for_everybody
def check_given() -> ResponseReturnValue:
    form = CheckForm()
    data = form.given()
    if not data.strip():
        form.form_errors.append("Kies een bestand, of plak de tekst van het ontvangstbewijs.")
        return _check_page(form), 422
    if len(data) > MOST_BYTES:
        form.form_errors.append("Dit is te lang voor een ontvangstbewijs. Koos je het juiste bestand?")
        form.text.data = ""
        return _check_page(form), 422
    outcome = outcome_of(data, clock.now())
    return _check_page(form, outcome), 200 if outcome.facts else 422


def _check_page(form: CheckForm, outcome: Outcome | None = None) -> str:
    return render_template(
        "audit/check.html",
        form=form,
        outcome=outcome,
        key=key_facts(),
        latest=head_rows(max(1, last_shown() - 2), LARGEST),
        due=due_sentence(clock.now()),
    )


@blueprint.get("/controle/hoofden")
@for_everybody
def heads() -> ResponseReturnValue:
    """The heads, newest first; `?tot=` the number of the first one shown."""
    newest = last_shown()
    last = min(_number("tot", newest), newest)
    first = max(1, last - PER_PAGE + 1)
    return render_template(
        "audit/heads.html",
        rows=head_rows(first, last) if newest else [],
        first=first,
        last=last,
        newest=newest,
        per_page=PER_PAGE,
        key=key_facts(),
        due=due_sentence(clock.now()),
    )


@blueprint.get("/controle/hoofden.jsonl")
@for_everybody
def heads_file() -> ResponseReturnValue:
    """One JSON a line: the public key, then every head from `?vanaf=` on."""
    lines = (f"{json.dumps(line, sort_keys=True)}\n" for line in public_lines(_number("vanaf", 1)))
    response = Response(stream_with_context(lines), mimetype="application/jsonl")
    response.headers.set("Content-Disposition", "attachment", filename="hoofden.jsonl")
    return response


@blueprint.get("/controle/verify_receipt.py")
@for_everybody
def tool() -> ResponseReturnValue:
    """The tool itself, to run elsewhere."""
    return _source_of(verify_receipt)


@blueprint.get("/controle/verify_dossier.py")
@for_everybody
def dossier_tool() -> ResponseReturnValue:
    """The tool for a whole dossier."""
    return _source_of(verify_dossier)


def _source_of(tool: ModuleType) -> Response:
    path = Path(str(tool.__file__))
    response = Response(path.read_bytes(), mimetype="text/x-python")
    response.headers.set("Content-Disposition", "attachment", filename=path.name)
    return response


@blueprint.app_errorhandler(OtherKey)
def other_key(error: OtherKey) -> ResponseReturnValue:
    """Nothing is signed with a key that does not fit what was published."""
    return told(error, 503, OTHER_KEY, event="other_signing_key")


def _number(name: str, otherwise: int) -> int:
    """A number of a head from the address; whatever is none counts as not given."""
    given = request.args.get(name, "")
    sound = given.isascii() and given.isdecimal() and len(given) <= 10 and 1 <= int(given) <= LARGEST
    return int(given) if sound else otherwise
