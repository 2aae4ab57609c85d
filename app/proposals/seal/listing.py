"""What others see of the proposals once the deadline has passed: rows made ready for a plain loop."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import url_for

from app.addenda.queries import Call
from app.domain.access import Actor, may
from app.domain.timeline import BRUSSELS
from app.infra.formats import deadline, moment, short_day
from app.proposals.content import claimed
from app.proposals.policy import CONTENT, in_conflict
from app.proposals.queries import ListedRow, OpeningRow

SORTS = {
    "ontvangen": lambda row: row.submitted_at,
    "organisatie": lambda row: row.organisation_name.casefold(),
    "nummer": lambda row: row.receipt_number,
}
EXPORT_HEADER = (
    "Nummer",
    "Organisatie",
    "Ondernemingsnummer",
    "Ontvangen",
    "Versie",
    "SHA-256",
    "Samenvatting",
    "Diensten",
    "Capaciteit (vte)",
    "Kostenraming (euro)",
    "Wil coördineren",
    "Obstakels met aanpak",
)
_short_day = lru_cache(maxsize=512)(short_day)


def short_moment(value: datetime) -> str:
    """ "2 juni 2023, 23u59": without the weekday and quick enough for a thousand rows."""
    local = value.astimezone(BRUSSELS)
    return f"{_short_day(local.date())}, {local.hour}u{local.minute:02d}"


def listed_rows(
    rows: Sequence[ListedRow], call: Call, actor: Actor, sort: str, descending: bool
) -> list[tuple[str, str, str, str, str]]:
    """(address or "", organisation, received, number, version) for each row, sorted. There is no address
    for who may not read, nor for an applicant the actor has a conflict with."""
    reads = bool(may(actor, CONTENT, call.subject(), call.phase))
    closed = in_conflict(actor, call.id)
    before, _, after = url_for("proposals.read", proposal_id=0).partition("0")
    return [
        (
            f"{before}{row.proposal_id}{after}" if reads and row.organisation_id not in closed else "",
            row.organisation_name,
            short_moment(row.submitted_at),
            row.receipt_number,
            str(row.revision),
        )
        for row in sorted(rows, key=SORTS[sort], reverse=descending)
    ]


def sort_heads(call: Call, sort: str, descending: bool) -> list[dict[str, str]]:
    """The sortable column heads, each linking to the other way round when it is the one in use."""
    heads = []
    for key, label in (("organisatie", "Organisatie"), ("ontvangen", "Ontvangen"), ("nummer", "Nummer")):
        turned = key == sort and not descending
        heads.append(
            {
                "label": label,
                "href": url_for(
                    "proposals.listing",
                    addendum_id=call.id,
                    sorteer=key,
                    richting="af" if turned else "op",
                ),
                "sorted": ("descending" if descending else "ascending") if key == sort else "none",
            }
        )
    return heads


def export_rows(rows: Iterable[Any], frozen: Mapping[int, str]) -> Iterable[tuple[object, ...]]:
    """Rows under EXPORT_HEADER; `frozen` is what was handed in, by submission (`sealing.contents`)."""
    for row in rows:
        content = json.loads(frozen[row.id])
        yield (
            row.receipt_number,
            row.organisation_name,
            row.enterprise_number,
            f"{row.submitted_at.astimezone(BRUSSELS):%Y-%m-%d %H:%M:%S}",
            row.revision,
            row.sha256,
            content.get("summary", ""),
            " | ".join(one["text"] for one in content.get("service_types", ())),
            _comma(content.get("capacity_fte")),
            _comma(content.get("cost_estimate")),
            "ja" if content.get("coordinator") else "nee",
            len(claimed(content)),
        )


def _comma(amount: str | None) -> str:
    return (amount or "").replace(".", ",")


def opening_report(
    call: Call, opening: OpeningRow | None, rows: Sequence[ListedRow], fits: Collection[int]
) -> dict[str, Any]:
    """The report of the opening as plain JSON, for the page and the PDF alike. `fits`: the submissions whose
    text is still the one of the receipt."""
    signed = []
    if opening is not None:
        signed = [("Eerste handtekening", f"{opening.first_by}, {moment(opening.first_at, seconds=True)}")]
        if opening.second_by:
            signed.append(
                ("Tweede handtekening", f"{opening.second_by}, {moment(opening.second_at, seconds=True)}")
            )
    return {
        "title": call.title,
        "service_area": call.service_area,
        "deadline": deadline(call.deadline),
        "opened_at": moment(call.facts.opened_at, seconds=True),
        "altered": sum(row.submission_id not in fits for row in rows),
        "signed": [list(pair) for pair in signed],
        "proposals": [
            {
                "received": moment(row.submitted_at, seconds=True),
                "number": row.receipt_number,
                "organisation": row.organisation_name,
                "revision": row.revision,
                "files": row.files,
                "sha256": row.sha256,
                "fits": row.submission_id in fits,
            }
            for row in rows
        ],
    }
