# ruff: noqa: E501
"""Layouts that are mostly headings, lists and lines."""

from datetime import date, timedelta

from . import days
from .content import Region
from .model import Block, Doc, Heading, Items, Para, Table
from .parts import group, listed, personas_of, prose, submit_places, told

H, P = Heading, Para
NO_EXTRAS = frozenset(("ambition", "vision", "mission", "stories"))
ROMAN = ("I", "II", "III", "IV", "V", "VI")
ORDINALS = ("Eerste", "Tweede", "Derde", "Vierde", "Vijfde")


def inclusive(region: Region) -> date:
    """The last day on which the decision comes, where `before` is the day after."""
    return region.decision_before - timedelta(days=1)


def template(region: Region) -> Doc:
    """The common template: combined personas, questions that open the goals, a timing of loose lines."""
    blocks: list[Block] = [
        H(region.programme, 0), H(f"Lokaal Addendum {region.area}", 0),
        P(f"Lokaal werkingsgebied: {', '.join(region.municipalities)}"), H("Regio-uitdagingen"),
        P("In deze regio zijn de uitdagingen gebundeld per persona. De regio-uitdagingen zijn:"),
    ]  # fmt: skip
    for number, task in enumerate(region.tasks, 1):
        who = " & ".join(f"persona {name}" for name in task.personas)
        combined = " (gecombineerd)" if len(task.personas) > 1 else ""
        blocks += [
            Items([f"Regio-uitdaging {number} gebaseerd op {who}{combined}"], "●"),
            P(task.introduction),
        ]
        blocks += group(P("De obstakels zijn:"), task.obstacles, "-")
        question = "Hoe kunnen we hen de mogelijkheid bieden om met deze drempels om te gaan, zodat ze:"
        blocks += group(P(question), task.goals, "-", ";", ".")
    blocks += [H("Lokale Analyse"), Items(["Resultaten verrijking-sessies"], "●")]
    blocks += group(P("Zaken die verschillende keren terugkwamen zijn:"), region.recurring, "-")
    blocks += group(P("Verder werd ook aandacht gevraagd voor:"), region.attention, "-")
    extra = "Aanvullende obstakels waarmee cliënten in deze regio te maken krijgen en die nog niet aan bod kwamen in de regio-uitdagingen:"
    blocks += group(P(extra), region.extra, "-")
    blocks += group(
        P("Daarnaast wordt er ook aandacht gevraagd voor dit bijkomende klantprofiel:"), region.profiles, "-"
    )
    blocks += [Items(["Arena-analyse"], "●")]
    blocks += group(P("De types dienstverlening voor deze regio zijn:"), region.services, "-")
    blocks += told(Items(["Andere lokale input"], "●"), region.local_input)
    rows = [
        ("Lancering addendum", days.slash(region.launch)),
        ("Deadline kandidaturen", f"{days.slash(region.deadline.date())} om {days.uu(region.deadline.time())}"),
        ("Beoordelen schriftelijke projectvoorstellen", f"{days.slash(region.written[0])} t/m {days.slash(region.written[1])}"),
        ("Pitches en jury", ", ".join(
            f"{days.WEEKDAYS[day.weekday()]} {day:%d/%m} ({' en '.join(f'{days.colon(s.start)}-{days.colon(s.end)}' for s in slots)})"
            for day, slots in days.grouped(region.windows))),
        ("Communicatie over beslissing", f"Voor {days.slash(region.decision_before)}"),
        ("Ontvangen en beoordelen van weerwoord", f"einddatum + {region.objection_days} dagen"),
    ]  # fmt: skip
    blocks += [H("Lokale timing"), Table(rows), H("Lokale contactpersoon")]
    who = "; ".join(f"{one.name}, {one.role}, {one.email}, {one.phone}" for one in region.contacts)
    blocks += [P(f"Heb je inhoudelijke vragen over het addendum? Neem dan contact op met {who}")]
    blocks += [P(f"Aanleveren kandidatuur via: {submit_places(region)}")]
    return Doc(blocks, wrap=110, cells="space", spaced=True, omits=NO_EXTRAS)


def numbered(region: Region) -> Doc:
    """A report: numbered headings, a table of contents, titles on challenges, personas on the next line."""
    counter = iter(range(1, 20))
    top = lambda text: H(f"{next(counter)}. {text}")  # noqa: E731
    blocks: list[Block] = [
        H("Lokaal addendum", 0),
        H(f"Regio {region.area}", 0),
        P(f"Bij de oproep {region.programme}"),
    ]
    blocks += [
        top("Werkingsgebied"),
        P(f"De gemeenten {listed(region.municipalities)} vormen samen het werkingsgebied."),
    ]
    blocks += prose(top("Ambitie"), region.ambition) + prose(top("Visie"), region.vision)
    blocks += prose(top("Missie"), region.mission)
    blocks += [top("Uitdagingen")]
    here = blocks[-1].text.split(".")[0]  # type: ignore[union-attr]
    for number, task in enumerate(region.tasks, 1):
        blocks += [H(f"{here}.{number} Uitdaging {number}: {task.title}", 2)]
        blocks += [P(f"{'Persona' if len(task.personas) == 1 else 'Persona’s'}: {listed(task.personas)}")]
        blocks += [P(task.introduction)]
        blocks += group(H(f"{here}.{number}.1 Obstakels", 3), task.obstacles, "•", ";", ".")
        blocks += group(H(f"{here}.{number}.2 Doelstellingen", 3), task.goals, "•", ";", ".")
    blocks += [top("Lokale analyse")]
    blocks += group(H("Terugkerende thema's", 2), region.recurring) + group(
        H("Aandachtspunten", 2), region.attention
    )
    blocks += group(H("Bijkomende obstakels", 2), region.extra) + group(
        H("Bijkomende klantprofielen", 2), region.profiles
    )
    blocks += group(H("Types dienstverlening", 2), region.services)
    blocks += told(top("Andere lokale input"), region.local_input)
    blocks += [top("Timing"), Items([
        f"Lancering van het addendum: {days.long(region.launch)}",
        f"Uiterste indiendatum: {days.full(region.deadline.date())} om {days.u(region.deadline.time())}",
        f"Schriftelijke beoordeling: {days.between(*region.written, ' tot en met ', 'van ')}",
        *(f"Pitchmoment: {days.full(day)}, {days.slots(slots, days.u)}" for day, slots in days.grouped(region.windows)),
        f"Beslissing: uiterlijk op {days.long(inclusive(region))}",
        f"Weerwoord: binnen {region.objection_days} kalenderdagen na kennisgeving",
    ], "1.")]  # fmt: skip
    blocks += [top("Contact")]
    for one in region.contacts:
        blocks += [P(one.name), P(one.role), P(f"E-mail: {one.email}"), P(f"Tel.: {one.phone}")]
    blocks += [top("Indienen"), P(f"Bezorg je kandidatuur via {submit_places(region)}.")]
    return Doc(blocks, header=f"Lokaal addendum {region.area}", footer="Pagina # van #", wrap=92, page=44,
               contents=True, omits=frozenset(("stories",)))  # fmt: skip


def capitals(region: Region) -> Doc:
    """Headings in capitals, roman numbers, the value of a step on the line below it."""
    blocks: list[Block] = [H(f"ADDENDUM {region.area.upper()}", 0), P(region.programme), H("GEMEENTEN")]
    blocks += [Items(region.municipalities, "–")]
    blocks += prose(H("ONZE AMBITIE"), region.ambition)
    for number, task in enumerate(region.tasks):
        blocks += [H(f"UITDAGING {ROMAN[number]} – {personas_of(task).upper()}"), P(task.introduction)]
        blocks += group(H("DREMPELS", 2), task.obstacles, "–")
        blocks += group(H("DOELEN", 2), task.goals, "–")
    blocks += [H("VERRIJKINGSSESSIE")]
    blocks += group(H("WAT VAAK TERUGKWAM", 2), region.recurring, "–") + group(
        H("OOK AANDACHT VOOR", 2), region.attention, "–"
    )
    blocks += group(H("EXTRA DREMPELS", 2), region.extra, "–") + group(
        H("EXTRA PROFIELEN", 2), region.profiles, "–"
    )
    blocks += group(H("GEWENSTE DIENSTVERLENING", 2), region.services, "–")
    blocks += [H("TIMING")]
    values = (
        ("Lancering", [days.full(region.launch)]),
        ("Deadline", [f"{days.full(region.deadline.date())}, {days.dots(region.deadline.time())}"]),
        ("Schriftelijke ronde", [f"{days.full(region.written[0])} – {days.full(region.written[1])}"]),
        ("Pitches", [f"{days.full(day)} ({', '.join(f'{days.uu(s.start)}-{days.uu(s.end)}' for s in slots)})"
                     for day, slots in days.grouped(region.windows)]),
        ("Beslissing", [f"vóór {days.long(region.decision_before)}"]),
        ("Weerwoord", [f"{region.objection_days} dagen na bekendmaking"]),
    )  # fmt: skip
    for label, lines in values:
        blocks += [P(label, bold=True), *(P(line) for line in lines)]
    blocks += [H("CONTACT")] + [
        P(f"{one.name} | {one.role} | {one.phone} | {one.email}") for one in region.contacts
    ]
    blocks += [H("INDIENEN"), P(f"Kandidaturen worden verwacht via {submit_places(region)}")]
    return Doc(blocks, wrap=76, omits=NO_EXTRAS - {"ambition"} | {"local_input"})


def story(region: Region) -> Doc:
    """Everything in running sentences: the timing, the contact and the place to submit."""
    words = {10: "tien", 14: "veertien", 15: "vijftien", 21: "eenentwintig"}
    blocks: list[Block] = [H(f"Lokaal addendum regio {region.area}", 0), P(f"Programma: {region.programme}")]
    blocks += [P(f"Dit addendum geldt voor de gemeenten {listed(region.municipalities)}.")]
    for number, task in enumerate(region.tasks):
        blocks += [H(f"{ORDINALS[number]} regio-uitdaging: {personas_of(task)}"), P(task.introduction)]
        blocks += group(P("Deze mensen botsen op volgende obstakels:"), task.obstacles, "*")
        blocks += group(P("Hoe zorgen we ervoor dat zij …"), task.goals, "*")
    blocks += group(P("In de verrijkingssessie kwamen enkele zaken meermaals terug:"), region.recurring, "*")
    blocks += group(P("Er was ook aandacht voor:"), region.attention, "*")
    blocks += group(P("Nog niet genoemde drempels, die de partners toevoegden:"), region.extra, "*")
    blocks += group(P("Een bijkomend profiel dat we niet willen vergeten:"), region.profiles, "*")
    blocks += group(P("Volgende types dienstverlening zijn nodig in het partnerschap:"), region.services, "*")
    first, last = region.written
    blocks += [H("Wanneer gebeurt wat?")]
    blocks += [P(f"De oproep wordt gelanceerd op {days.full(region.launch)}.")]
    blocks += [
        P(
            f"Kandidaturen zijn welkom tot uiterlijk {days.full(region.deadline.date())} om {days.uur(region.deadline.time())}."
        )
    ]
    blocks += [
        P(f"De jury leest de schriftelijke voorstellen {days.between(first, last, ' tot en met ', 'van ')}.")
    ]
    pitch = " en op ".join(
        f"{days.long(day)} {days.slots(slots, days.uur)}" for day, slots in days.grouped(region.windows)
    )
    blocks += [P(f"Wie geselecteerd is, komt pitchen op {pitch}.")]
    blocks += [P(f"Voor {days.long(region.decision_before)} krijgt iedereen bericht over de beslissing.")]
    blocks += [P(f"Een weerwoord indienen kan tot {words[region.objection_days]} dagen na dat bericht.")]
    blocks += [H("Bij wie kan je terecht?")]
    blocks += [
        P(f"Voor vragen kan je terecht bij {one.name}, {one.role}, via {one.email} of {one.phone}.")
        for one in region.contacts
    ]
    blocks += [P(f"Je kandidatuur dien je in via {submit_places(region)}.")]
    return Doc(blocks, wrap=88, justify=True, omits=NO_EXTRAS | {"local_input"})


def naked(region: Region) -> Doc:
    """Pasted from a web page: no marks at all, one point a line, a blank line around everything."""
    blocks: list[Block] = [
        P(f"Lokaal addendum {region.area}"),
        P(region.programme),
        P("Gemeenten"),
        P(", ".join(region.municipalities)),
    ]
    for number, task in enumerate(region.tasks, 1):
        blocks += [
            P(f"Uitdaging {number} ({personas_of(task, 'persona', 'persona’s')})"),
            P(task.introduction),
        ]
        blocks += group(P("Obstakels"), task.obstacles, "") + group(P("Doelen"), task.goals, "")
    blocks += group(P("Terugkerende bevindingen"), region.recurring, "") + group(
        P("Aandachtspunten"), region.attention, ""
    )
    blocks += group(P("Bijkomende obstakels"), region.extra, "") + group(
        P("Bijkomende profielen"), region.profiles, ""
    )
    blocks += group(P("Types dienstverlening"), region.services, "")
    blocks += prose(P("Visie"), region.vision) + prose(P("Missie"), region.mission)
    blocks += [P("Kalender"), P(f"Lancering: {days.dash(region.launch)}")]
    blocks += [P(f"Indienen tot: {days.dash(region.deadline.date())} {days.colon(region.deadline.time())}")]
    blocks += [P(f"Leesronde jury: {days.dash(region.written[0])} tot {days.dash(region.written[1])}")]
    blocks += [
        P(f"Pitch: {days.dash(one.day)}, {days.colon(one.start)} - {days.colon(one.end)}")
        for one in region.windows
    ]
    blocks += [
        P(f"Beslissing voor: {days.dash(region.decision_before)}"),
        P(f"Weerwoord: {region.objection_days} dagen"),
    ]
    blocks += [P("Contact")] + [
        P(f"{one.name} ({one.role}): {one.email} - {one.phone}") for one in region.contacts
    ]
    blocks += [P("Indienen via"), P(submit_places(region, " en "))]
    return Doc(blocks, spaced=True, omits=NO_EXTRAS - {"vision", "mission"} | {"local_input"})
