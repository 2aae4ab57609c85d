"""The warnings an import can carry: a closed list of codes with their Dutch sentences."""

from .result import ImportWarning

WARNING_CODES: dict[str, str] = {
    "programme_missing": "Het programma staat niet in de tekst. Vul het zelf aan.",
    "service_area_missing": "De naam van het werkingsgebied is niet gevonden. Vul die zelf aan.",
    "municipalities_missing": "Er zijn geen gemeenten gevonden. Vul ze zelf aan.",
    "challenges_missing": "Er zijn geen regio-uitdagingen gevonden.",
    "challenge_without_heading": (
        "Hier begint een uitdaging zonder titel. Kijk na bij welke persona die hoort."
    ),
    "challenge_number_unexpected": "Het nummer van deze uitdaging volgt niet op het vorige: {detail}.",
    "obstacles_assumed": "De lijst bij {detail} heeft geen kop; ze is gelezen als de obstakels.",
    "personas_missing": "Uitdaging {detail} noemt geen persona.",
    "introduction_missing": "Uitdaging {detail} heeft geen inleiding.",
    "obstacles_missing": "Uitdaging {detail} heeft geen obstakels.",
    "goals_missing": "Uitdaging {detail} heeft geen doelen.",
    "recurring_missing": "Er zijn geen terugkerende bevindingen uit de verrijkingssessie gevonden.",
    "attention_missing": "Er zijn geen bijkomende aandachtspunten uit de verrijkingssessie gevonden.",
    "extra_obstacles_missing": "Er zijn geen aanvullende obstakels gevonden.",
    "profiles_missing": "Er zijn geen bijkomende klantprofielen gevonden.",
    "service_types_missing": "Er zijn geen types dienstverlening gevonden.",
    "local_input_missing": "Er is geen andere lokale input gevonden.",
    "section_in_local_input": "Het deel “{detail}” heeft geen eigen veld en staat bij de lokale input.",
    "goals_assumed": "De titel boven de tweede lijst is niet bekend; ze is gelezen als de doelen.",
    "timeline_missing": "Er is geen lokale timing gevonden.",
    "launch_missing": "De lancering staat niet in de timing.",
    "deadline_missing": "De uiterste indiendatum staat niet in de timing.",
    "deadline_time_assumed": "De uiterste indiendatum heeft geen uur: 23u59 is aangenomen.",
    "deadline_from_text": (
        "De uiterste indiendatum komt uit de lopende tekst, niet uit de timing. Kijk na of ze klopt."
    ),
    "written_round_missing": "De periode van de schriftelijke ronde staat niet in de timing.",
    "written_round_incomplete": (
        "Van de schriftelijke ronde staat alleen het einde in de tekst. Vul het begin aan."
    ),
    "pitch_windows_missing": "Er staan geen pitchmomenten in de timing.",
    "pitch_time_missing": "Het pitchmoment van {detail} heeft geen begin- en einduur.",
    "decision_missing": "De datum van de beslissing staat niet in de timing.",
    "decision_day_included": "De beslissing valt uiterlijk op {detail}; “voor” is daarom de dag erna.",
    "objection_days_missing": "De termijn voor het weerwoord staat niet in de timing.",
    "objection_working_days": (
        "De termijn voor het weerwoord is in werkdagen gegeven. Reken ze om naar kalenderdagen."
    ),
    "objection_months": (
        "De termijn voor het weerwoord is in maanden gegeven; een maand is als 30 dagen gelezen."
    ),
    "written_week_assumed": (
        "De schriftelijke ronde is als een week gegeven; maandag tot vrijdag is aangenomen."
    ),
    "year_assumed": "De datum {detail} heeft geen jaar; het jaar komt van de datums errond.",
    "year_unknown": "De datum {detail} heeft geen jaar en er is geen andere datum om het uit af te leiden.",
    "weekday_mismatch": "De weekdag klopt niet met de datum: {detail}.",
    "date_invalid": "Deze datum bestaat niet: {detail}.",
    "timeline_conflict": (
        "De timing noemt dit moment twee keer met een andere waarde; de eerste is genomen: {detail}."
    ),
    "timeline_columns_apart": (
        "De stappen en de data stonden onder elkaar in plaats van naast elkaar; ze zijn op volgorde "
        "gekoppeld: {detail}."
    ),
    "timeline_from_text": (
        "Dit moment komt uit de lopende tekst, niet uit de timing: {detail}. Kijk na of het klopt."
    ),
    "timeline_out_of_order": "De timing staat niet in een logische volgorde: {detail}.",
    "contact_missing": "Er is geen contactpersoon gevonden.",
    "contact_name_missing": "Bij de contactpersoon staat geen naam.",
    "contact_role_missing": "Bij {detail} staat geen functie.",
    "contact_email_missing": "Bij {detail} staat geen e-mailadres.",
    "contact_phone_missing": "Bij {detail} staat geen telefoonnummer.",
    "submission_missing": "Er staat niet waar de kandidatuur ingediend moet worden.",
    "unrecognised_lines": (
        "Niet begrepen regels: {detail}. Ze staan apart, zodat je ze zelf een plaats kan geven."
    ),
}


def warning_codes() -> tuple[str, ...]:
    """All codes that `ParsedAddendum.warnings` can contain."""
    return tuple(WARNING_CODES)


class Notices:
    """Collects warnings in the order in which they are met; the same one is kept once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, int | None], ImportWarning] = {}

    def add(self, code: str, line: int | None = None, detail: object = "") -> None:
        message = WARNING_CODES[code].replace("{detail}", str(detail))
        self._found.setdefault((code, message, line), ImportWarning(code, message, line))

    def all(self) -> tuple[ImportWarning, ...]:
        return tuple(self._found.values())
