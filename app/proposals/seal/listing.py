"""What others see of the proposals once the deadline has passed: rows made ready for a plain loop."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import url_for

from app.addenda.queries import Call
from app.domain.access import Actor, may
from app.domain.timeline import BRUSSELS, local_day
from app.infra.formats import deadline, moment, short_day
from app.proposals.content import claimed
from app.proposals.destroyed import destroyed_text
from app.proposals.policy import CONTENT, in_conflict
from app.proposals.queries import ListedRow, OpeningRow

SORTS = {
    "ontvangen": lambda row, _names: row.submitted_at,
    "organisatie": lambda row, names: names[row.submission_id][0].casefold(),
    "nummer": lambda row, _names: row.receipt_number,
}
REFUSED, RUNNING = "Niet ontvankelijk", "In de running"
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
    "Stand",
)
_short_day = lru_cache(maxsize=512)(short_day)


def short_moment(value: datetime) -> str:
    """ "2 juni 2023, 23u59": without the weekday and quick enough for a thousand rows."""
    local = value.astimezone(BRUSSELS)
    return f"{_short_day(local.date())}, {local.hour}u{local.minute:02d}"


def frozen_name(text: str | None, name: str) -> tuple[str, str]:
    """(what the applicant was called when it handed in, what it is called now when that differs or ""). When
    `text` does not open, the name of now is all there is."""
    then = json.loads(text).get("organisation", {}).get("name", "") if text else ""
    return (then, name) if then and then != name else (name, "")


def frozen_names(rows: Iterable[ListedRow], texts: Mapping[int, str | None]) -> dict[int, tuple[str, str]]:
    """The same by submission; `texts` is what was handed in (`sealing.examine`)."""
    return {row.submission_id: frozen_name(texts[row.submission_id], row.organisation_name) for row in rows}


def listed_rows(
    rows: Sequence[ListedRow],
    names: Mapping[int, tuple[str, str]],
    call: Call,
    actor: Actor,
    sort: str,
    descending: bool,
) -> list[tuple[str, str, str, str, str, str, str]]:
    """(address or "", organisation, its name of now or "", received, number, version, day of the refusal
    or "") for each row, sorted. There is no address for who may not read, nor for an applicant the actor has
    a conflict with."""
    reads = bool(may(actor, CONTENT, call.subject(), call.phase))
    closed = in_conflict(actor, call.id)
    before, _, after = url_for("proposals.read", proposal_id=0).partition("0")
    return [
        (
            f"{before}{row.proposal_id}{after}" if reads and row.organisation_id not in closed else "",
            *names[row.submission_id],
            short_moment(row.submitted_at),
            row.receipt_number,
            str(row.revision),
            _short_day(local_day(row.refused_at)) if row.refused_at else "",
        )
        for row in sorted(rows, key=lambda row: SORTS[sort](row, names), reverse=descending)
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
            frozen_name(frozen[row.id], row.organisation_name)[0],
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
            REFUSED if row.refused_at else RUNNING,
        )


def _comma(amount: str | None) -> str:
    return (amount or "").replace(".", ",")


def _signatures(opening: OpeningRow | None) -> list[tuple[str, str]]:
    if opening is None:
        return []
    signed = [("Eerste handtekening", _signature(opening.first_by, opening.first_now, opening.first_at))]
    if opening.second_by:
        second = _signature(opening.second_by, opening.second_now, opening.second_at)
        signed.append(("Tweede handtekening", second))
    return signed


def _signature(name: str, now: str | None, at: datetime | None) -> str:
    renamed = f" (nu: {now})" if now and now != name else ""
    return f"{name}{renamed}, {moment(at, seconds=True)}"


def opening_report(
    call: Call, opening: OpeningRow | None, rows: Sequence[ListedRow], texts: Mapping[int, str | None]
) -> dict[str, Any]:
    """The report of the opening as plain JSON, for the page and the PDF alike. `texts`: what was handed in,
    None where it is no longer that of the receipt (`sealing.examine`)."""
    names = frozen_names(rows, texts)
    return {
        "title": call.title,
        "service_area": call.service_area,
        "deadline": deadline(call.deadline),
        "opened_at": moment(call.facts.opened_at, seconds=True),
        "altered": sum(texts[row.submission_id] is None for row in rows),
        "destroyed": sum(row.destroyed_at is not None for row in rows),
        "signed": [list(pair) for pair in _signatures(opening)],
        "proposals": [
            {
                "received": moment(row.submitted_at, seconds=True),
                "number": row.receipt_number,
                "organisation": names[row.submission_id][0],
                "organisation_now": names[row.submission_id][1],
                "revision": row.revision,
                "files": row.files if row.destroyed_at is None else "–",
                "sha256": row.sha256,
                "fits": texts[row.submission_id] is not None,
                "destroyed": destroyed_text(row.destroyed_at, row.destroyed_in),
            }
            for row in rows
        ],
    }
