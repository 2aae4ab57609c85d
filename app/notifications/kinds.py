"""Every kind of mail that leaves: in which group it stands, and why somebody gets it.
A kind that is not in here cannot be queued."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kind:
    """`why` completes "Je krijgt deze mail omdat …". `actions` are the words on the links: {name of the value
    that the template gets: words}. `account`: whoever gets it can sign in (or has a link to stop)."""

    key: str
    group: str
    name: str
    why: str
    actions: Mapping[str, str] = field(default_factory=dict)
    account: bool = True


class UnknownKind(LookupError):
    """Mail of a kind that the catalogue does not know: nobody could say why it is sent."""


_JUROR = "je in de jury van deze oproep zit"


def _kinds(group: str, *rows: tuple[str, str, str, Mapping[str, str]], account: bool = True) -> list[Kind]:
    return [Kind(key, group, name, why, actions, account) for key, name, why, actions in rows]


_OWN = {"link": "Naar jullie kandidatuur"}
_APPLIES = "je organisatie een kandidatuur indiende voor deze oproep"
_WRITES = "je organisatie een kandidatuur schrijft voor deze oproep"
_EITHER = "je organisatie een kandidatuur schrijft of indiende voor deze oproep"
_OF_MERGE = "je eigenaar bent van een van beide organisaties"
_MERGE = {"link": "Bekijk het voorstel"}
_INVITED = "iemand je met dit adres uitnodigde"
_INVITATION = {"link": "Aanvaard de uitnodiging"}

KINDS = {
    one.key: one
    for one in (
        *_kinds(
            "account",
            ("invitation.administrator", "Uitnodiging als beheerder", _INVITED, _INVITATION),
            ("invitation.region_role", "Uitnodiging van een regio", _INVITED, _INVITATION),
            ("invitation.membership", "Uitnodiging van een organisatie", _INVITED, _INVITATION),
            ("invitation.jury_seat", "Uitnodiging voor een jury", _INVITED, _INVITATION),
            (
                "invitation.registration",
                "Bevestiging van een registratie",
                "iemand met dit adres een organisatie wilde registreren",
                {"link": "Bevestig de registratie"},
            ),
            account=False,
        ),
        *_kinds(
            "account",
            (
                "account.reset",
                "Nieuw wachtwoord",
                "iemand een nieuw wachtwoord vroeg voor dit adres",
                {"link": "Kies een nieuw wachtwoord"},
            ),
            (
                "account.password_changed",
                "Wachtwoord gewijzigd",
                "het wachtwoord van je account is gewijzigd",
                {"link": "Kies een ander wachtwoord"},
            ),
            (
                "organisation.account_exists",
                "Je hebt al een account",
                "iemand met dit adres een organisatie wilde registreren",
                {"link": "Registreer een organisatie"},
            ),
        ),
        *_kinds(
            "organisation",
            (
                "organisation.join_asked",
                "Iemand wil bij je organisatie komen",
                "je eigenaar bent van die organisatie",
                {"link": "Bekijk de vraag"},
            ),
            (
                "organisation.handed_over",
                "Eigenaarschap overgedragen",
                "je eigenaar bent of was van die organisatie",
                {"link": "Naar de organisatie"},
            ),
            ("organisation.merge_proposed", "Voorstel om samen te voegen", _OF_MERGE, _MERGE),
            ("organisation.merge_agreed", "Akkoord om samen te voegen", _OF_MERGE, _MERGE),
            ("organisation.merge_refused", "Samenvoegen geweigerd", _OF_MERGE, _MERGE),
            (
                "organisation.merged",
                "Organisaties samengevoegd",
                "je bij een van beide organisaties hoort",
                {"link": "Naar de organisatie"},
            ),
        ),
        *_kinds(
            "organisation",
            (
                "organisation.join_refused",
                "Je vraag om bij een organisatie te komen",
                "iemand met dit adres vroeg om bij een organisatie te komen",
                {},
            ),
            account=False,
        ),
        *_kinds(
            "call",
            (
                "call.amended",
                "De oproep is gewijzigd",
                _EITHER,
                {"link": "Lees wat er veranderde", "own_link": "Kijk je kandidatuur na"},
            ),
            (
                "question.answers",
                "Vragen zijn beantwoord",
                f"{_EITHER}, of omdat je zelf iets vroeg",
                {"link": "Lees alle vragen en antwoorden"},
            ),
        ),
        *_kinds(
            "call",
            (
                "call.follow",
                "Bevestig dat je een oproep volgt",
                "iemand met dit adres deze oproep wil volgen",
                {"link": "Bevestig"},
            ),
            (
                "question.confirm",
                "Bevestig je vraag",
                "iemand met dit adres een vraag stelde",
                {"link": "Lees na en bevestig"},
            ),
            account=False,
        ),
        *_kinds(
            "invited",
            (
                "matching.invitation",
                "Een oproep die bij jullie kan passen",
                "je eigenaar bent van een organisatie in Partnerwijzer",
                {"link": "Lees de oproep"},
            ),
        ),
        *_kinds(
            "receipt",
            (
                "proposal.receipt",
                "Ontvangstbewijs",
                "je eigenaar bent van de organisatie die indiende",
                {"link": "Naar het ontvangstbewijs", "check_link": "Controleer het bestand"},
            ),
            (
                "proposal.withdrawn",
                "Kandidatuur ingetrokken",
                "je eigenaar bent van de organisatie die introk",
                _OWN,
            ),
            (
                "admissibility.answered",
                "Aanvulling ontvangen",
                _APPLIES,
                {"link": "Bekijk of vervang de aanvulling"},
            ),
        ),
        *_kinds(
            "reminder",
            ("proposal.reminder", "Nog niet ingediend", _WRITES, {"link": "Nakijken en indienen"}),
        ),
        *_kinds("opened", ("proposal.opened", "Kandidatuur geopend", _APPLIES, _OWN)),
        *_kinds(
            "procedure",
            ("admissibility.requested", "Aanvulling gevraagd", _APPLIES, {"link": "Vul aan"}),
            ("admissibility.extended", "Meer tijd om aan te vullen", _APPLIES, {"link": "Vul aan"}),
            ("pitch.invited", "Moment van je pitch", _APPLIES, {"link": "Naar jullie moment"}),
            ("pitch.cancelled", "Pitch gaat niet door", _APPLIES, _OWN),
        ),
        *_kinds(
            "decision",
            ("decision", "Beslissing over je kandidatuur", _APPLIES, {"link": "Lees de beslissing"}),
            (
                "decision.again",
                "Beslissing, opnieuw bezorgd",
                _APPLIES,
                {"link": "Lees de beslissing"},
            ),
            (
                "decision.answer_reminder",
                "Laat weten of jullie meedoen",
                "je organisatie geselecteerd is en nog niet antwoordde",
                {"link": "Geef een antwoord"},
            ),
            (
                "decision.answered",
                "Je antwoord is ontvangen",
                "je organisatie antwoordde of ze meedoet",
                {"link": "Bekijk het antwoord"},
            ),
            (
                "decision.answer_term",
                "Meer tijd om te antwoorden",
                "je organisatie geselecteerd is en meer tijd kreeg",
                {"link": "Geef een antwoord"},
            ),
            ("admissibility.refused", "Niet ontvankelijk", _APPLIES, {"link": "Lees de beslissing"}),
            ("admissibility.revoked", "Toch ontvankelijk", _APPLIES, {"link": "Naar jullie kandidatuur"}),
            (
                "objection_filed",
                "Weerwoord ontvangen",
                "je organisatie een weerwoord indiende",
                {"link": "Volg het weerwoord"},
            ),
            (
                "ruling",
                "Uitspraak over je weerwoord",
                "je organisatie een weerwoord indiende",
                {"link": "Lees de uitspraak"},
            ),
        ),
        *_kinds(
            "partnership",
            (
                "partnership",
                "Partnerschap gevormd",
                "je organisatie lid is van dit partnerschap",
                {"link": "Naar het partnerschap"},
            ),
        ),
        *_kinds(
            "jury",
            ("conflict.asked", "Vraag over een belangenconflict", _JUROR, {"link": "Kijk na en verklaar"}),
            ("assignment.changed", "Je leeslijst is aangepast", _JUROR, {"link": "Naar je leeslijst"}),
            ("pitch.plan", "Planning van de pitches", _JUROR, {"link": "Naar de planning"}),
            (
                "reassessment_asked",
                "Nieuwe beoordeling na een weerwoord",
                "de regio je vroeg om opnieuw te beoordelen",
                {"link": "Naar het scoreblad"},
            ),
            (
                "reassessment_let_go",
                "Nieuwe beoordeling: je bent niet meer gevraagd",
                "de regio je vroeg om opnieuw te beoordelen",
                {"link": "Naar je startpagina"},
            ),
        ),
        *_kinds(
            "jury_reminder",
            ("jury.reminder", "Nog scorebladen in te dienen", _JUROR, {"link": "Naar je leeslijst"}),
        ),
        *_kinds(
            "colleague",
            (
                "publication_asked",
                "Vraag om te publiceren",
                "je regisseur bent van deze regio",
                {"link": "Lees na en publiceer"},
            ),
        ),
    )
}


def kind_of(key: str) -> Kind:
    """Raises UnknownKind."""
    try:
        return KINDS[key]
    except KeyError:
        raise UnknownKind(f"{key}: add it to app/notifications/kinds.py") from None
