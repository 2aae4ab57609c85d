"""Where an applicant stands, in the same words on every page and in every mail: facts in, sentences out.

Equal text for everyone in the same state, and nothing about others: before decisions are communicated the
words follow from the dates of the call and the organisation's own acts only.
"""

from datetime import date, datetime

from app.domain.timeline import Phase, local_day
from app.infra.formats import day, deadline, enumeration, moment
from app.proposals.own.facts import Action, Dates, Facts, Later, Status

MISSING = {
    "one_obstacle": "een aanpak bij minstens één obstakel",
    "summary": "de samenvatting",
    "truthful": "de verklaring dat de kandidatuur klopt",
    "no_client_data": "de verklaring dat er geen gegevens van cliënten in staan",
}


def status_of(facts: Facts) -> Status:
    """Every state of the road, from a call without a proposal to the partnership."""
    if facts.phase is Phase.DRAFT:
        return Status("Nog niet open", "neutral", "De oproep is nog niet open.", "Indienen kan nog niet.")
    if facts.submitted_at is None:
        return _writing(facts) if facts.phase is Phase.OPEN else _missed(facts)
    if facts.phase is Phase.OPEN:
        return _handed_in(facts, facts.submitted_at)
    if facts.later.refused_at is not None:
        return _refused(facts)
    if facts.phase >= Phase.COMMUNICATED:
        return _decided(facts)
    if facts.phase is Phase.WRITTEN and (facts.later.complete_until or facts.later.completed):
        return _completing(facts, facts.later.complete_until)
    if facts.phase is Phase.WRITTEN and facts.later.lapsed_at is not None:
        return _lapsed(facts, facts.later.lapsed_at)
    return _JUDGING[facts.phase](facts)


def _until(facts: Facts) -> str:
    return f"Dat kan tot en met {deadline(facts.dates.deadline)}." if facts.dates.deadline else ""


def _writing(facts: Facts) -> Status:
    """Nothing counts yet: how far it is, and how it comes to count."""
    until = _until(facts)
    submit = Action("Nakijken en indienen", "proposals.submit_page", owner_only=True)
    write = Action("Verder schrijven", "proposals.edit_general")
    if not facts.begun:
        begin = "Wie wil meedoen, begint een kandidatuur en dient ze in."
        return Status("Nog niet begonnen", "neutral", "Er is nog geen kandidatuur.", begin, until)
    if facts.withdrawn_at is not None:
        line = f"Ingetrokken op {moment(facts.withdrawn_at)}: er is nu niets ingediend."
        again = "Jullie teksten zijn bewaard. Een eigenaar kan ze opnieuw indienen."
        return Status("Ingetrokken", "neutral", line, again, until, submit)
    if facts.to_confirm:
        line = "Nog niet ingediend. De oproep is gewijzigd."
        read = (
            "Lees wat er veranderde en bevestig dat jullie antwoorden nog kloppen. "
            "Daarna kan een eigenaar indienen."
        )
        check = Action("Wijzigingen nakijken", "proposals.amendments")
        return Status("Niet ingediend", "danger", line, read, until, check)
    if not facts.written:
        step = "Schrijf jullie kandidatuur. Een eigenaar dient ze in."
        return Status("Niet ingediend", "danger", "Begonnen, nog niets geschreven.", step, until, write)
    if facts.missing:
        needed = enumeration([MISSING[code] for code in facts.missing if code in MISSING])
        line = "Nog niet ingediend, en nog niet volledig."
        step = f"Dit is nog nodig: {needed}. Daarna kan een eigenaar indienen."
        return Status("Niet ingediend", "danger", line, step, until, write)
    line = "Klaar om in te dienen, maar nog niet ingediend."
    return Status("Niet ingediend", "danger", line, "Een eigenaar moet ze nog indienen.", until, submit)


def _missed(facts: Facts) -> Status:
    """The deadline passed and nothing stands: the same for good."""
    kept = "Jullie kandidatuur doet niet mee. Jullie teksten blijven voor jullie leesbaar."
    if not facts.begun:
        closed = f"De oproep is afgesloten sinds {deadline(facts.dates.deadline)}."
        return Status("Afgesloten", "neutral", closed, "Een kandidatuur beginnen kan niet meer.")
    if facts.withdrawn_at is not None:
        line = f"Ingetrokken op {moment(facts.withdrawn_at)}, en de oproep is afgesloten."
        return Status("Ingetrokken", "neutral", line, kept)
    line = f"Niet ingediend voor de uiterste indiendatum, {deadline(facts.dates.deadline)}."
    return Status("Niet ingediend", "danger", line, kept)


def _handed_in(facts: Facts, submitted_at: datetime) -> Status:
    until = _until(facts)
    at = moment(submitted_at)
    if facts.to_confirm:
        step = "Kijk na of jullie antwoorden nog kloppen en bevestig het. Wat ingediend is, blijft geldig."
        check = Action("Wijzigingen nakijken", "proposals.amendments", owner_only=True)
        line = f"Ingediend op {at}. De oproep is daarna gewijzigd."
        return Status("Oproep gewijzigd", "warning", line, step, until, check)
    if facts.changed:
        line = f"Ingediend op {at}. Daarna is er iets gewijzigd dat nog niet telt."
        step = "Moet de wijziging meetellen, dan dient een eigenaar opnieuw in."
        again = Action("Opnieuw indienen", "proposals.submit_page", owner_only=True)
        return Status("Gewijzigd na indienen", "warning", line, step, until, again)
    step = "Opnieuw indienen of intrekken mag nog."
    until = f"{until} Daarna worden alle kandidaturen samen geopend.".strip()
    receipt = Action("Ontvangstbewijs", "proposals.receipt")
    return Status("Ingediend", "success", f"Ingediend op {at}.", step, until, receipt)


def _sealed(facts: Facts) -> Status:
    dates = facts.dates
    line = "Ingediend en verzegeld. Niemand anders kan jullie kandidatuur al lezen."
    step = "Twee mensen openen alle kandidaturen samen. Jullie krijgen dan een mail."
    when = ""
    if dates.written_from:
        when = f"De opening is voorzien voor de schriftelijke ronde begint, op {day(dates.written_from)}."
    return Status("Ingediend", "success", line, step, when)


def _completing(facts: Facts, until: datetime | None) -> Status:
    """Formal items only: never the content."""
    if facts.later.completed:
        line = "Geopend. Jullie vulden aan wat de regio vroeg."
        step = "De regio kijkt de aanvulling na."
        return Status("Aangevuld", "success", line, step, _judged_by(facts.dates))
    line = "Geopend. De regio vraagt jullie om een formeel stuk aan te vullen."
    step = "Vul aan wat gevraagd wordt. De inhoud van jullie kandidatuur verandert niet."
    when = f"Dat kan tot en met {deadline(until)}."
    answer = Action("Aanvullen", "admissibility.own")
    return Status("Aanvulling gevraagd", "warning", line, step, when, answer)


def _lapsed(facts: Facts, until: datetime) -> Status:
    """Nothing can be sent any more, and it is not over: what follows is the region's."""
    line = f"De termijn om aan te vullen liep af op {deadline(until)}. Er kwam niets toe."
    step = "De regio beslist wat dat betekent voor jullie kandidatuur. Jullie krijgen dan een mail."
    return Status("Termijn voorbij", "warning", line, step, "", Action("Lees de vraag", "admissibility.own"))


def _refused(facts: Facts) -> Status:
    line = f"Niet ontvankelijk verklaard op {moment(facts.later.refused_at)}."
    step = "Jullie kandidatuur wordt niet verder beoordeeld. De redenen staan in de brief die jullie kregen."
    read = Action("Lees de redenen", "admissibility.own")
    return Status("Niet ontvankelijk", "warning", line, step, "", read)


def _written(facts: Facts) -> Status:
    dates = facts.dates
    opened = f"Geopend op {moment(dates.opened_at)}. " if dates.opened_at else "Geopend. "
    if facts.later.readmitted_at:
        why = facts.later.readmitted_why.rstrip()
        opened = f"Jullie doen weer mee: de regio herriep de weigering. De reden: {why}"
        opened += " " if why.endswith(".") else ". "
    step = "De jury leest en scoort de kandidaturen. Van jullie wordt nu niets verwacht."
    when = []
    if dates.written_until:
        when.append(f"De schriftelijke ronde loopt tot en met {day(dates.written_until)}.")
    if dates.pitch_from:
        when.append(f"Pitches zijn er {_days(dates.pitch_from, dates.pitch_until)}.")
    away = Action("Zeg wanneer jullie niet kunnen", "evaluation.own_pitch") if dates.pitch_from else None
    return Status("Geopend", "info", f"{opened}De beoordeling loopt.", step, " ".join(when), away)


def _pitch(facts: Facts) -> Status:
    at, dates = facts.later.pitch_at, facts.dates
    if at is None:
        step = "Wie de jury wil horen, krijgt een mail met dag en uur."
        when = f"Pitches zijn er {_days(dates.pitch_from, dates.pitch_until)}." if dates.pitch_from else ""
        away = Action("Zeg wanneer jullie niet kunnen", "evaluation.own_pitch") if dates.pitch_from else None
        return Status("Geopend", "info", "De schriftelijke ronde is afgesloten.", step, when, away)
    if facts.now < at:
        step = "Bereid jullie pitch voor. De jury stelt ook vragen."
        when = f"De pitch begint op {moment(at)}."
        own = Action("Jullie pitchmoment", "evaluation.own_pitch")
        return Status("Pitch", "info", "Jullie zijn uitgenodigd om te pitchen.", step, when, own)
    line = f"Jullie pitch was op {moment(at)}."
    return Status("Pitch", "info", line, "De jury hoort ook de anderen en rondt af.", _judged_by(dates))


def _pending(facts: Facts) -> Status:
    line = "De jury is klaar met scoren."
    step = "De regio beslist en deelt alle beslissingen op hetzelfde moment mee. Jullie krijgen dan een mail."
    return Status("Beslissing volgt", "info", line, step, _judged_by(facts.dates))


def _judged_by(dates: Dates) -> str:
    return f"Een beslissing volgt voor {day(dates.decision_before)}." if dates.decision_before else ""


def _days(first: date, last: date | None) -> str:
    return f"op {day(first)}" if last in (None, first) else f"van {day(first)} tot en met {day(last)}"


def _decided(facts: Facts) -> Status:
    later = facts.later
    read = Action("Lees de beslissing", "decisions.own")
    if not later.outcome:
        step = "Kregen jullie geen beslissing, vraag ze dan aan de regio."
        return Status("Beslist", "neutral", "De beslissingen zijn meegedeeld.", step)
    line = later.outcome
    if later.partnership:
        step = f"Jullie zijn lid van {later.partnership}."
        own = Action("Naar het partnerschap", "partnerships.own")
        return Status("Partner", "success", line, step, "", own)
    step, when, action = _after(facts, read)
    return Status(later.outcome_label or "Beslist", later.outcome_tone, line, step, when, action)


def _after(facts: Facts, read: Action) -> tuple[str, str, Action]:
    """After the decision: the objection, and for who was selected the partnership."""
    later, own = facts.later, Action("Weerwoord", "objections.own")
    if later.ruling:
        return f"Over jullie weerwoord is beslist: {later.ruling}.", "", own
    if later.objection == "filed":
        step = f"Jullie dienden weerwoord in op {moment(later.objection_at)}. De regio antwoordt met redenen."
        return step, "", own
    if later.answer_until is not None or later.answer == "declined":
        return _answering(later, read)
    is_open = later.objection_until is not None and local_day(facts.now) <= later.objection_until
    until = f"Dat kan tot en met {day(later.objection_until)}, 23u59." if is_open else ""
    if is_open and later.objection == "draft":
        step = "Jullie weerwoord is geschreven, maar nog niet ingediend. Een eigenaar dient het in."
        return step, until, Action("Weerwoord indienen", own.endpoint)
    if is_open and later.selected:
        step = (
            "Na de termijn voor weerwoord vormt de regio het partnerschap. "
            "Zijn jullie het niet eens met de redenen, dan kunnen jullie weerwoord indienen."
        )
        return step, until, read
    if is_open:
        step = "Zijn jullie het niet eens met de beslissing, dan kunnen jullie weerwoord indienen."
        return step, until, read
    if later.selected:
        return "De regio vormt het partnerschap en laat weten wanneer het begint.", "", read
    return "De termijn voor weerwoord is voorbij. Er wordt niets meer van jullie verwacht.", "", read


def _answering(later: Later, read: Action) -> tuple[str, str, Action]:
    """Who was selected says whether it takes part."""
    if later.answer_until is None:
        return "Jullie lieten weten dat jullie niet meedoen aan het partnerschap.", "", read
    step = "Laat weten of jullie meedoen aan het partnerschap."
    when = f"Dat kan tot en met {day(later.answer_until)}, 23u59."
    return step, when, Action("Antwoord", "decisions.answer_page", owner_only=True)


_JUDGING = {
    Phase.SEALED: _sealed,
    Phase.WRITTEN: _written,
    Phase.PITCH: _pitch,
    Phase.DECIDED: _pending,
}
