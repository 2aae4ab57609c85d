"""Samples of the mails of the jury, and of the pitch."""

from types import SimpleNamespace

from app.notifications.examples import AT, CALL, JUDGED, LATER, LINK, ORGANISATION, Example

_CALL = {"call": CALL, "link": LINK}
_PITCH = {**_CALL, "organisation_name": ORGANISATION, "status": JUDGED, "starts": LATER}


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "conflict.asked": Example(
            f"Heb je een band met een kandidaat? {CALL.title}",
            "evaluation/mail_conflict",
            {**_CALL, "names": [ORGANISATION, "OCMW Bornem"]},
        ),
        "assignment.changed": Example(
            f"Je leeslijst is aangepast: {CALL.title}",
            "evaluation/mail_assignment",
            {
                **_CALL,
                "reads": [ORGANISATION, "OCMW Bornem", "Groep Intro"],
                "added": ["Groep Intro"],
                "dropped": ["CAW Boom"],
            },
        ),
        "jury.reminder": Example(
            f"Nog 2 scorebladen in te dienen: {CALL.title}",
            "evaluation/mail_reminder",
            {
                **_CALL,
                "round_label": "schriftelijke ronde",
                "sheets": "2 scorebladen",
                "until": LATER,
                "left": "nog 3 dagen",
                "rows": [(ORGANISATION, True), ("OCMW Bornem", False)],
            },
        ),
        "pitch.invited": Example(
            f"Ander moment om te pitchen: {CALL.title}",
            "evaluation/mail_pitch",
            {**_PITCH, "before": SimpleNamespace(starts=AT), "room": "Zaal 2, gemeentehuis", "minutes": 30},
            attachments=("pitch.ics",),
        ),
        "pitch.cancelled": Example(
            f"Jullie pitch gaat niet door op dit moment: {CALL.title}",
            "evaluation/mail_pitch_gone",
            {**_PITCH, "before": None, "room": "", "minutes": 0},
            attachments=("pitch.ics",),
        ),
        "pitch.plan": Example(
            f"Pitchdag, versie 2: {CALL.title}",
            "evaluation/mail_pitch_plan",
            {
                **_CALL,
                "number": 2,
                "lines": [f"{ORGANISATION}: vrijdag 26 juni 2026, 14u00 in plaats van 13u30, Zaal 2"],
            },
            attachments=("pitchdag.ics",),
        ),
    }
