"""A value that the document does not give is said so."""

from .notices import Notices
from .result import Challenge, Contact, ParsedAddendum, Timeline


def note_missing(result: ParsedAddendum, notices: Notices, timeline_line: int | None) -> None:
    _add_missing(
        notices,
        programme_missing=result.programme,
        service_area_missing=result.service_area,
        municipalities_missing=result.municipalities,
        challenges_missing=result.challenges,
    )
    for challenge in result.challenges:
        _challenge(challenge, notices)
    _add_missing(
        notices,
        recurring_missing=result.enrichment.recurring,
        attention_missing=result.enrichment.attention,
        extra_obstacles_missing=result.enrichment.obstacles,
        profiles_missing=result.enrichment.profiles,
        service_types_missing=result.service_types,
        local_input_missing=result.local_input,
    )
    _timeline(result.timeline, notices, timeline_line)
    for contact in result.contacts:
        _contact(contact, notices)
    _add_missing(
        notices,
        contact_missing=result.contacts,
        submission_missing=result.submission.email or result.submission.url,
    )


def _add_missing(notices: Notices, **values: object) -> None:
    for code, value in values.items():
        if not value:
            notices.add(code)


def _challenge(challenge: Challenge, notices: Notices) -> None:
    for code, value in (
        ("personas_missing", challenge.personas),
        ("introduction_missing", challenge.introduction),
        ("obstacles_missing", challenge.obstacles),
        ("goals_missing", challenge.goals),
    ):
        if not value:
            notices.add(code, challenge.line, challenge.number)


def _timeline(timeline: Timeline, notices: Notices, line: int | None) -> None:
    if timeline == Timeline():
        notices.add("timeline_missing", line)
    for code, value in (
        ("launch_missing", timeline.launch),
        ("deadline_missing", timeline.deadline),
        ("written_round_missing", timeline.written_round),
        ("pitch_windows_missing", timeline.pitch_windows),
        ("decision_missing", timeline.decision_before),
        ("objection_days_missing", timeline.objection_days),
    ):
        if not value:
            notices.add(code, line)


def _contact(contact: Contact, notices: Notices) -> None:
    known = contact.name or contact.email or contact.phone
    if not contact.name:
        notices.add("contact_name_missing")
    for code, value in (
        ("contact_role_missing", contact.role),
        ("contact_email_missing", contact.email),
        ("contact_phone_missing", contact.phone),
    ):
        if not value:
            notices.add(code, None, known)
