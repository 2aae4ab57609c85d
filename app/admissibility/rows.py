"""The formal check of a proposal as plain rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from app.domain.admissibility import Item, Kind, State, can_be_completed


@dataclass(frozen=True)
class RequirementRow:
    """`id` is None as long as a list that everybody has was never written down."""

    number: int
    kind: Kind
    text: str
    explanation: str = ""
    id: int | None = None


class FileRow(NamedTuple):
    id: int
    name: str
    kind: str
    size: int
    sha256: str
    object_key: str
    uploaded_at: datetime


@dataclass(frozen=True)
class Asked:
    """The last request for one item, and what came of it."""

    request_id: int
    until: datetime
    text: str = ""
    answered_at: datetime | None = None
    file: FileRow | None = None


@dataclass(frozen=True)
class Cell:
    """One requirement for one proposal. `fact`: what the application found out itself, in words."""

    requirement: RequirementRow
    item: Item
    fact: str = ""
    note: str = ""
    by: str = ""
    asked: Asked | None = None


@dataclass(frozen=True)
class RequestRow:
    id: int
    message: str
    until: datetime
    asked_at: datetime
    asked_by: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class RefusalRow:
    """A refusal that is proposed, confirmed, or about to be revoked."""

    id: int
    legal_basis: str
    appeal_routes: str
    proposed_by_id: int
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    letter: dict[str, Any]
    revocation_reason: str
    revocation_by_id: int | None
    revocation_by: str | None
    revocation_at: datetime | None
    reasons: Mapping[int, str]


@dataclass(frozen=True)
class Dossier:
    """The formal check of one proposal that stands."""

    proposal_id: int
    addendum_id: int
    organisation_id: int
    organisation_name: str
    receipt_number: str
    submission_id: int
    version: int
    cells: list[Cell]
    requests: list[RequestRow]
    refusal: RefusalRow | None
    state: State

    @property
    def items(self) -> list[Item]:
        return [cell.item for cell in self.cells]

    def open_cells(self, now: datetime) -> list[Cell]:
        """What the applicant can complete now."""
        return [cell for cell in self.cells if can_be_completed(cell.item, now)]
