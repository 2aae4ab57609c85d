"""What a receipt says: the same facts on screen, in the mail and in the PDF."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from app.addenda.queries import Call
from app.domain.timeline import Phase
from app.infra.documents import render_pdf
from app.infra.formats import deadline, moment
from app.proposals.content import Content, claimed, coverage
from app.proposals.models import Submission


@dataclass(frozen=True)
class ReceiptFacts:
    """Everything as it is shown; `rows` are (term, text), `handed_in` one line per challenge."""

    number: str
    title: str
    sha256: str
    status: str
    rows: list[tuple[str, str]]
    handed_in: list[str]


def receipt_facts(call: Call, submission: Submission, submitted_by: str) -> ReceiptFacts:
    content: Content = json.loads(submission.content)
    organisation = content.get("organisation", {})
    number = organisation.get("enterprise_number", "")
    can = "kan" if call.phase is Phase.OPEN else "kon"
    rows = [
        ("Organisatie", organisation.get("name", "")),
        ("Ondernemingsnummer", f"{number[:4]}.{number[4:7]}.{number[7:]}" if number else ""),
        ("Oproep", call.title),
        ("Regio", call.service_area),
        ("Ontvangen op", moment(submission.submitted_at, seconds=True)),
        (f"Indienen {can} tot en met", deadline(call.deadline)),
        ("Versie", str(submission.revision)),
        ("Ingediend door", submitted_by),
    ]
    return ReceiptFacts(
        submission.receipt_number,
        call.title,
        submission.content_sha256,
        status_of(submission),
        rows,
        _handed_in(content),
    )


def status_of(submission: Submission) -> str:
    if submission.withdrawn_at is not None:
        return f"Ingetrokken op {moment(submission.withdrawn_at, seconds=True)}."
    if submission.superseded_at is not None:
        return f"Vervangen door een nieuwere versie op {moment(submission.superseded_at, seconds=True)}."
    return "Dit is de versie die telt."


def _handed_in(content: Content) -> list[str]:
    names = {one["number"]: " & ".join(one["personas"]) for one in content.get("challenges", ())}
    lines = [
        f"Uitdaging {one.number}, {names[one.number]}: {one.answered} van {one.total} obstakels beantwoord"
        for one in coverage(content)
    ]
    return [*lines, f"Samen {len(claimed(content))} obstakels"] if len(lines) > 1 else lines


def receipt_pdf(facts: ReceiptFacts) -> bytes:
    data: dict[str, Any] = asdict(facts)
    data["groups"] = [facts.sha256[at : at + 8] for at in range(0, 64, 8)]
    return render_pdf("proposals/receipt.typ", data)
