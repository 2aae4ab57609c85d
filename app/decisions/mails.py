"""The mails with a decision: what they say as plain data, and the mails made of exactly that data.

The act and the look beforehand both make them here, so that what leaves is what was shown.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from app.addenda.queries import Call
from app.decisions.queries import DecisionRow, recipients_of
from app.decisions.told import just_told
from app.domain.objection import window_end
from app.infra.formats import deadline
from app.notifications.services import Ready, Recipient, page_url, write_each
from app.proposals.own.facts import Status
from app.proposals.own.statuses import statuses_once_told

LETTER_NAME = "beslissing.pdf"


class CallName(NamedTuple):
    title: str
    service_area: str


class DecisionMail(NamedTuple):
    """What the mail about one decision says. `status` is where the applicant stands once it was told, `until`
    the last moment to object; `people` is everybody who gets it."""

    decision_id: int
    proposal_id: int
    organisation: str
    call: CallName
    status: Status
    until: str
    people: tuple[Recipient, ...]


def decision_mails(call: Call, decisions: Collection[DecisionRow], now: datetime) -> dict[int, DecisionMail]:
    """{decision id: what its mail says} when it is told at `now`; nothing is written. The day counts, not the
    hour, so mails hold until midnight, as letters do. Constant queries."""
    people = recipients_of({row.organisation_id for row in decisions})
    told = {
        row.proposal_id: just_told(row.outcome, now, call.objection_days, call.acceptance_days)
        for row in decisions
    }
    statuses = statuses_once_told(told, call.id, now)
    name, until = CallName(call.title, call.service_area), deadline(window_end(now, call.objection_days))
    return {
        row.id: DecisionMail(
            decision_id=row.id,
            proposal_id=row.proposal_id,
            organisation=row.organisation_name,
            call=name,
            status=statuses[row.proposal_id],
            until=until,
            people=tuple(people[row.organisation_id]),
        )
        for row in decisions
    }


def ready_mails(mail: DecisionMail) -> list[Ready]:
    """One for everybody of the applicant; none when nobody has an account."""
    written = write_each(
        "decision",
        mail.people,
        subject=f"Beslissing over de kandidatuur van {mail.organisation}",
        template="decisions/mail_decision",
        call=mail.call,
        organisation=mail.organisation,
        status=mail.status,
        until=mail.until,
        link=page_url("decisions.own", proposal_id=mail.proposal_id),
    )
    letter = (LETTER_NAME, mail.decision_id)
    return [Ready(to, one, letter) for to, one in zip(mail.people, written, strict=True)]
