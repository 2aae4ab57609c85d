"""What a receipt says: the same facts on screen, in the mail and in the PDF."""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC
from typing import Any

from app.addenda.queries import Call
from app.audit.heads import RHYTHM, head_covering, inclusion_of, next_after, require_same_key
from app.domain.timeline import BRUSSELS, Phase
from app.infra import clock
from app.infra.database import db
from app.infra.documents import render_pdf
from app.infra.formats import deadline, hour, moment
from app.infra.signing import public_key, sign
from app.notifications.services import Document
from app.proposals.content import Content, canonical, claimed, coverage, digest
from app.proposals.handing_in.receipt_lists import Part, files_of, parts_of
from app.proposals.models import Submission, SubmittedFile
from app.proposals.seal.sealing import contents, seal, statements
from tools.verify_receipt import RECEIPT, field_digest, fields_of

FILE_NAME = "ontvangstbewijs.json"
PROOF = ("commitment", "signature", "public_key")


@dataclass(frozen=True)
class ReceiptFacts:
    """Everything as it is shown; `rows` are (term, text), `handed_in` one line per challenge, `parts` the
    fields and `files` {name, size, sha256}; `signed` is the receipt that proves itself, or None."""

    number: str
    title: str
    sha256: str
    status: str
    rows: list[tuple[str, str]]
    handed_in: list[str]
    place: str
    parts: list[Part]
    files: list[dict[str, str]]
    signed: dict[str, Any] | None
    included: bool


def freeze(
    submission: Submission, content: Content, call: Call, submitted_by: str, *, previous: str | None
) -> None:
    """Put content and statement under the seal, sign the statement, and add the row with its files. Inside
    the transaction of handing in, whose moment is `submission.submitted_at`. Raises OtherKey."""
    require_same_key()
    text, at = canonical(content), submission.submitted_at
    submission.content_sha256 = digest(text)
    statement = canonical(_statement(submission, content, call, submitted_by, previous))
    submission.commitment, submission.signature = digest(statement), sign(statement)
    number = submission.receipt_number
    submission.sealed_content = seal(call.id, text, f"content:{number}", at=at)
    submission.sealed_statement = seal(call.id, statement, f"statement:{number}", at=at)
    db.session.add(submission)
    db.session.flush()
    db.session.add_all(
        SubmittedFile(submission_id=submission.id, attachment_id=one["id"], position=position)
        for position, one in enumerate(content["attachments"])
    )


def _statement(
    submission: Submission, content: Content, call: Call, submitted_by: str, previous: str | None
) -> dict[str, Any]:
    """What is signed. `salt` keeps short fields from being guessed; `previous` is the commitment of the
    version before, of this organisation."""
    assert call.deadline is not None
    salt = secrets.token_hex(32)
    return {
        "format": RECEIPT,
        "number": submission.receipt_number,
        "revision": submission.revision,
        "submitted_at": submission.submitted_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "submitted_by": submitted_by,
        "call": {
            **content["call"],
            "deadline": call.deadline.astimezone(UTC).isoformat(timespec="seconds"),
        },
        "organisation": content["organisation"],
        "content_sha256": submission.content_sha256,
        "fields": [
            {"name": name, "sha256": field_digest(salt, name, text)} for name, text in fields_of(content)
        ],
        "files": [
            {"name": one["name"], "size": one["size"], "sha256": one["sha256"]}
            for one in content["attachments"]
        ],
        "salt": salt,
        "previous": previous,
    }


def signed_receipt(submission: Submission, organisation_id: int) -> dict[str, Any] | None:
    """The receipt that proves itself (`tools/verify_receipt.py`), for the organisation; `inclusion` is None
    until a head covers it. None for what was handed in before receipts were signed."""
    signed = _signed(submission, organisation_id)
    if signed is None or submission.entry_seq is None or submission.commitment is None:
        return None
    return signed | {"inclusion": inclusion_of(submission.entry_seq, submission.commitment)}


def _signed(submission: Submission, organisation_id: int) -> dict[str, Any] | None:
    found = statements([submission.id], {organisation_id})
    if submission.id not in found:
        return None
    return {
        "format": RECEIPT,
        "statement": json.loads(found[submission.id]),
        "commitment": submission.commitment,
        "signature": submission.signature,
        "public_key": public_key(),
        "inclusion": None,
    }


def receipt_text(signed: dict[str, Any]) -> str:
    """The file that people keep: readable, the order of its names does not count."""
    return json.dumps(signed, ensure_ascii=False, indent=1) + "\n"


def receipt_facts(call: Call, submission: Submission, submitted_by: str, own: int) -> ReceiptFacts:
    """`own`: the organisation, for which alone a receipt is made."""
    content: Content = json.loads(contents([submission.id], {own})[submission.id])
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
    signed, (place, included) = _signed(submission, own), place_of(submission)
    return ReceiptFacts(
        submission.receipt_number,
        call.title,
        submission.content_sha256,
        status_of(submission),
        rows,
        _handed_in(content),
        place,
        parts_of(signed["statement"], content) if signed else [],
        files_of(signed["statement"]) if signed else [],
        signed,
        included,
    )


def place_of(submission: Submission) -> tuple[str, bool]:
    """Where it is in the chain of public heads, in words ("" for what has no signed receipt), and whether."""
    if submission.entry_seq is None:
        return "", False
    head = head_covering(submission.entry_seq)
    if head is not None:
        return f"Opgenomen in hoofd {head.number} van {moment(head.at)}.", True
    due = next_after(submission.submitted_at)
    if clock.read() > due + RHYTHM:
        return "Wordt opgenomen in het volgende hoofd. Dat laat langer op zich wachten dan gewoonlijk.", False
    return f"Wordt opgenomen in het hoofd van {hour(due.astimezone(BRUSSELS).time())}.", False


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


def receipt_document(facts: ReceiptFacts) -> Document:
    """The PDF, with the signed receipt itself beside it."""
    data: dict[str, Any] = asdict(replace(facts, signed=None))
    data["groups"] = [facts.sha256[at : at + 8] for at in range(0, 64, 8)]
    data["proof"] = {name: facts.signed[name] for name in PROOF} if facts.signed else {}
    beside = (FILE_NAME, receipt_text(facts.signed)) if facts.signed else None
    return Document(f"ontvangstbewijs-{facts.number}.pdf", "proposals/receipt.typ", data, beside)


def receipt_pdf(facts: ReceiptFacts) -> bytes:
    document = receipt_document(facts)
    return render_pdf(document.template, document.data)
