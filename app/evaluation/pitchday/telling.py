"""Who is told when the plan changes: each applicant its own moment, each juror all changes in one mail."""

from collections.abc import Collection, Iterable
from datetime import datetime

from app.evaluation.pitchday.calendars import applicant_calendar, juror_calendar
from app.evaluation.pitchday.planning import DayFacts, with_moments
from app.evaluation.pitchday.policy import Changes, Moment
from app.evaluation.pitchday.queries import moments_in, versions_of
from app.evaluation.queries import JurorRow, declarations_of, recipients_of
from app.infra.formats import moment as in_words
from app.notifications.services import Recipient, enqueue, page_url
from app.proposals.own.statuses import statuses_to_tell

HIDDEN = "een kandidaat over wie je niet oordeelt"
UNDECLARED = "een kandidaat over wie je nog niets verklaarde"


def tell(before: DayFacts, changed: Changes, number: int, now: datetime) -> None:
    """Inside the transaction of the change, when its rows and its version are written."""
    facts = with_moments(before, moments_in(before.call.id))
    _tell_applicants(facts, changed, now)
    _tell_jurors(facts, changed, number, now)


def _tell_applicants(facts: DayFacts, changed: Changes, now: datetime) -> None:
    call, versions = facts.call, versions_of(facts.call.id)
    organisations = {facts.rows[one].organisation_id: one for one in changed}
    statuses = statuses_to_tell(list(changed), call.id, now)
    for organisation, recipients in recipients_of(organisations).items():
        one = organisations[organisation]
        old, new = changed[one]
        link = page_url("evaluation.own_pitch", proposal_id=one)
        calendar = applicant_calendar(call, one, versions, facts.moments)
        what = "Uitnodiging om te pitchen" if old is None else "Ander moment om te pitchen"
        for recipient in recipients:
            enqueue(
                "pitch.invited" if new else "pitch.cancelled",
                to=recipient,
                subject=f"{what if new else 'Jullie pitch gaat niet door op dit moment'}: {call.title}",
                template="evaluation/mail_pitch" if new else "evaluation/mail_pitch_gone",
                at=now,
                addendum_id=call.id,
                attachment=("pitch.ics", calendar),
                call=call,
                organisation_name=facts.rows[one].organisation_name,
                before=old,
                starts=(new or old).starts,  # type: ignore[union-attr]
                room=new.room if new else "",
                minutes=_minutes(new),
                status=statuses[one],
                link=link,
            )


def _minutes(moment: Moment | None) -> int:
    return int((moment.ends - moment.starts).total_seconds()) // 60 if moment else 0


def _tell_jurors(facts: DayFacts, changed: Changes, number: int, now: datetime) -> None:
    call, versions = facts.call, versions_of(facts.call.id)
    said = {(one.juror_id, one.organisation_id): one for one in declarations_of(call.id)}
    for juror in facts.jurors:
        words = {one: said.get((juror.user_id, row.organisation_id)) for one, row in facts.rows.items()}
        outside = {one for one, word in words.items() if word and word.in_conflict}
        declared = {one: word.declared_at for one, word in words.items() if word}
        unknown = {one for one, word in words.items() if word is None}
        enqueue(
            "pitch.plan",
            to=Recipient(juror.email, juror.name),
            subject=f"Pitchdag, versie {number}: {call.title}",
            template="evaluation/mail_pitch_plan",
            at=now,
            addendum_id=call.id,
            attachment=("pitchdag.ics", juror_calendar(facts, juror.user_id, versions, outside, declared)),
            call=call,
            number=number,
            lines=list(_lines(facts, juror, changed, outside, unknown)),
            link=page_url("evaluation.own_pitch_day", addendum_id=call.id),
        )


def _lines(
    facts: DayFacts,
    juror: JurorRow,
    changed: Changes,
    outside: Collection[int],
    unknown: Collection[int],
) -> Iterable[str]:
    for one, (old, new) in changed.items():
        name = facts.rows[one].organisation_name
        who = f"{HIDDEN} (je verlaat de zaal)" if one in outside else UNDECLARED if one in unknown else name
        yield f"{who}: {said_of(old, new)}"


def said_of(old: Moment | None, new: Moment | None) -> str:
    """ "maandag 22 juni 2026, 9u00, Raadzaal (was dinsdag …)"."""
    if new is None:
        return f"gaat niet door (was {place_of(old)})" if old else "gaat niet door"
    return f"{place_of(new)} (was {place_of(old)})" if old else place_of(new)


def place_of(moment: Moment) -> str:
    return ", ".join(one for one in (in_words(moment.starts), moment.room) if one)
