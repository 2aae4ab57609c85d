"""How long each kind of record is kept, from when, and why. Pure: days in, days out.

The terms are a proposal: a jurist and the archivist of the local authority confirm them. Sources: GDPR
art. 5(1)(e) (no longer than needed); the Flemish Bestuursdecreet of 7 December 2018, which took the place of
the Archiefdecreet of 9 July 2010 (what belongs to the archive is destroyed by a selection list only); art.
2262bis of the old Civil Code (claims: five years for damage, ten for the rest).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.errors import DomainError

MOST_YEARS = 100
LEAST_REASON, LONGEST_REASON = 20, 1000
UNUSED_YEARS = 1
"""How long the name of an account without any part in a call is kept."""


class Start(StrEnum):
    """The fact from whose local day a term counts."""

    DEADLINE = "deadline"
    SETTLED = "settled"
    PARTNERSHIP_END = "partnership_end"


START_LABELS = {
    Start.DEADLINE: "de uiterste indiendatum",
    Start.SETTLED: "de laatste kennisgeving of uitspraak",
    Start.PARTNERSHIP_END: "het einde van het partnerschap",
}


class Ground(StrEnum):
    """Why something may be destroyed. `REQUEST`: who handed it in withdrew it or asks for it; then the term
    does not count, and it is about that one applicant."""

    TERM = "term"
    REQUEST = "request"


GROUND_LABELS = {
    Ground.TERM: "de bewaartermijn is voorbij",
    Ground.REQUEST: "de kandidaat trok in of vraagt het",
}


@dataclass(frozen=True)
class RecordClass:
    """`years` None is kept for good; `start` None is not counted per call. `gone` and `stays` say in plain
    words what destruction takes and leaves, `why` the ground of the term."""

    key: str
    label: str
    years: int | None
    start: Start | None
    why: str
    gone: str = ""
    stays: str = ""
    on_request: bool = False

    @property
    def of_a_call(self) -> bool:
        """Whether it can be destroyed for one call."""
        return self.years is not None and self.start is not None


_GDPR = "AVG, artikel 5, lid 1, e): niet langer dan nodig."
_DAMAGE = "Oud Burgerlijk Wetboek, artikel 2262bis: wie schade lijdt, heeft tot vijf jaar om die te vorderen."
_CLAIM = "Oud Burgerlijk Wetboek, artikel 2262bis: een vordering verjaart ten laatste na tien jaar."
_ARCHIVE = (
    "Bestuursdecreet van 7 december 2018 (vroeger Archiefdecreet van 9 juli 2010): dit hoort bij het archief."
)

CLASSES: dict[str, RecordClass] = {
    one.key: one
    for one in (
        RecordClass(
            "drafts",
            "Kandidaturen die nooit ingediend zijn",
            1,
            Start.DEADLINE,
            _GDPR,
            "Het hele ontwerp met zijn bijlagen.",
            "Niets.",
        ),
        RecordClass(
            "questions",
            "Wie vragen stelde en wie de oproep volgde",
            1,
            Start.SETTLED,
            _GDPR,
            "De vraag zoals ze gesteld is, en de adressen van wie vroeg of volgde.",
            "De vragen en antwoorden die iedereen las.",
        ),
        RecordClass(
            "proposals_not_selected",
            "Kandidaturen van wie geen partner werd",
            5,
            Start.SETTLED,
            _DAMAGE,
            "De teksten, bedragen en bijlagen, ook die van een aanvulling.",
            "Dat er ingediend is, wanneer en door welke organisatie, en het ontvangstbewijs.",
            on_request=True,
        ),
        RecordClass(
            "scores",
            "Scorebladen en verklaringen over belangen",
            5,
            Start.SETTLED,
            _DAMAGE,
            "Alles wat juryleden schreven: redenen, opmerkingen, vroegere versies, uitleg bij belangen.",
            "De scores zelf en wie ze gaf: daarop rust de ondertekende rangschikking.",
        ),
        RecordClass(
            "mails",
            "Verstuurde mails, behalve over beslissingen",
            5,
            Start.SETTLED,
            f"{_DAMAGE} Een mail over een beslissing of een weerwoord bewijst de kennisgeving, en blijft zo "
            "lang als de beslissing zelf.",
            "Onderwerp, tekst, bijlagen, namen en adressen.",
            "Welke soort mail wanneer vertrok en of ze aankwam.",
        ),
        RecordClass(
            "proposals_partners",
            "Kandidaturen van partners",
            10,
            Start.PARTNERSHIP_END,
            _CLAIM,
            "De teksten, bedragen en bijlagen, ook die van een aanvulling.",
            "Dat er ingediend is, wanneer en door welke organisatie, en het ontvangstbewijs.",
        ),
        RecordClass(
            "decisions",
            "Beslissingen, brieven en weerwoorden, met hun mails",
            10,
            Start.SETTLED,
            _CLAIM,
            "De motivering, de brieven en de mails erover, de weerwoorden met hun bijlagen, de redenen van "
            "elke uitspraak.",
            "De uitkomst, de dagen, wie besliste, wanneer elke kennisgeving vertrok en de ondertekende "
            "rangschikking.",
        ),
        RecordClass("call", "De oproep zelf en het partnerschap", None, None, _ARCHIVE),
        RecordClass(
            "sign_in_attempts",
            "Mislukte aanmeldingen",
            0,
            None,
            f"{_GDPR} Partnerwijzer wist ze zelf, kort nadat ze niet meer nodig zijn.",
        ),
        RecordClass(
            "accounts",
            "Accounts",
            None,
            None,
            f"{_GDPR} Een beheerder maakt iemand naamloos op verzoek, of als elke termijn van zijn oproepen "
            "voorbij is.",
        ),
        RecordClass(
            "log",
            "Logboek, publieke hoofden en attesten",
            None,
            None,
            f"{_ARCHIVE} Er staan alleen nummers in, geen namen.",
        ),
    )
}
CONFIRM = (
    "Deze termijnen zijn een voorstel. Laat een jurist en de archivaris van het lokaal bestuur ze bevestigen."
)


def last_day(start: date, years: int) -> date:
    """The last day on which it must be kept: the same day so many years later, 1 March when that year has no
    29 February."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def destroyable_from(start: date, years: int) -> date:
    """The first day on which it may be destroyed."""
    return last_day(start, years) + timedelta(days=1)


def last_kept(starts: Mapping[Start, date | None], own_years: Mapping[str, int]) -> date | None:
    """The last day on which anything of a call is kept by a term; None as long as its applicants were not
    told. `own_years`: {class: years} where the region has a term of its own."""
    if starts[Start.SETTLED] is None:
        return None
    return max(
        last_day(start, own_years.get(one.key, one.years or 0))
        for one in CLASSES.values()
        if one.of_a_call and one.start is not None and (start := starts[one.start]) is not None
    )


def name_needed_until(created: date, calls: Iterable[date | None]) -> date | None:
    """The last day on which the name of a person without a role is needed: `calls` holds `last_kept` of every
    call in which they had a part. None while one of these has no last day yet."""
    ends = list(calls)
    return None if None in ends else max((last_day(created, UNUSED_YEARS), *filter(None, ends)))


def checked_years(record_class: str, years: int | None) -> int:
    """The term a region wants for a class. Codes: class_unknown, retention_years_range (field `years`)."""
    if record_class not in CLASSES or not CLASSES[record_class].of_a_call:
        raise DomainError("retention_class_unknown", field="record_class")
    if years is None or not 0 <= years <= MOST_YEARS:
        raise DomainError("retention_years_range", field="years", most=MOST_YEARS)
    return years


def check_proposal(
    classes: Collection[str],
    ground: str,
    reason: str,
    *,
    from_days: Mapping[str, date | None],
    today: date,
    applicant: int | None,
) -> Ground:
    """Whether destroying these classes may be proposed today. `from_days`: the first day for each class that
    has something left, None where its term did not begin; `applicant` the proposal a request is about.

    Codes, with field: retention_ground_unknown, retention_nothing_chosen, retention_class_unknown,
    retention_nothing_left, retention_too_early, retention_request_classes, retention_request_whose,
    retention_needs_reason, retention_reason_too_long.
    """
    if ground not in list(Ground):
        raise DomainError("retention_ground_unknown", field="ground")
    if not classes:
        raise DomainError("retention_nothing_chosen", field="classes")
    if any(one not in CLASSES or not CLASSES[one].of_a_call for one in classes):
        raise DomainError("retention_class_unknown", field="classes")
    _check_reason(reason)
    if ground == Ground.REQUEST:
        _check_request(classes, applicant)
    for key in classes:
        if key not in from_days:
            raise DomainError("retention_nothing_left", field="classes", label=CLASSES[key].label)
        if ground == Ground.TERM:
            _check_term(key, from_days[key], today)
    return Ground(ground)


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < LEAST_REASON:
        raise DomainError("retention_needs_reason", field="reason", least=LEAST_REASON)
    if len(reason) > LONGEST_REASON:
        raise DomainError("retention_reason_too_long", field="reason", most=LONGEST_REASON)


def _check_term(key: str, first: date | None, today: date) -> None:
    if first is None or today < first:
        raise DomainError("retention_too_early", field="classes", label=CLASSES[key].label)


def _check_request(classes: Collection[str], applicant: int | None) -> None:
    if not all(CLASSES[one].on_request for one in classes):
        raise DomainError("retention_request_classes", field="classes")
    if applicant is None:
        raise DomainError("retention_request_whose", field="applicant")
