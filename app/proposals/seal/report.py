"""The report of the opening as a document: the same for who downloads it and for who keeps the archive."""

from collections.abc import Sequence
from typing import Any

from app.addenda.queries import Call
from app.proposals.queries import ListedRow, listed, opening_of
from app.proposals.seal.listing import opening_report
from app.proposals.seal.sealing import examine

REPORT = "proposals/opening.typ"


def opening_document(call: Call) -> dict[str, Any]:
    """Plain JSON for `REPORT`, of an opened call; hashes in groups that fit beside the rest."""
    rows = listed(call.id)
    report = opening_report(call, opening_of(call.id), rows, texts_of(rows))
    for proposal in report["proposals"]:
        proposal["groups"] = [proposal["sha256"][at : at + 16] for at in range(0, 64, 16)]
    return report


def texts_of(rows: Sequence[ListedRow]) -> dict[int, str | None]:
    """What was handed in, as it lies in the database now; None where it is not the text of the receipt."""
    return examine([row.submission_id for row in rows])
