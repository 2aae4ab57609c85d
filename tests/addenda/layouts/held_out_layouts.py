# ruff: noqa: E501
"""Six layouts written after the importer was tuned, to see what it does with what it never saw."""

from . import days
from .content import Region, Window
from .model import Block, Doc, Heading, Items, Para, Table
from .parts import group, listed, personas_of, submit_places
from .plain_layouts import NO_EXTRAS, inclusive

H, P = Heading, Para


def same_hours(windows: tuple[Window, ...]) -> list[tuple[list[Window], str]]:
    """Days that share their hours, together."""
    found: dict[str, list[Window]] = {}
    for one in windows:
        found.setdefault(f"{days.u(one.start)} tot {days.u(one.end)}", []).append(one)
    return [(each, hours) for hours, each in found.items()]


def note(region: Region) -> Doc:
    """A note with lettered chapters; pitch days that share their hours."""
    blocks: list[Block] = [
        H("NOTA – LOKAAL ADDENDUM", 0),
        P(f"Betreft: oproep {region.programme}, werkingsgebied {region.area}"),
    ]
    blocks += [
        H("A. Het werkingsgebied"),
        P(f"Het werkingsgebied omvat volgende gemeenten: {listed(region.municipalities)}."),
    ]
    blocks += [H("B. Wat speelt er in onze streek?")]
    for number, task in enumerate(region.tasks, 1):
        blocks += [
            H(f"Regio-uitdaging nr. {number}: {task.title} (persona: {' / '.join(task.personas)})", 2),
            P(task.introduction),
        ]
        blocks += group(P("Zij ervaren deze drempels:"), task.obstacles, "-", ",", "")
        blocks += group(P("Samen met partners willen we dat zij:"), task.goals, "-", ",", "")
    blocks += [H("C. Verrijking door partners")]
    blocks += group(P("Elementen die meermaals terugkeerden:"), region.recurring, "-") + group(
        P("Er werd eveneens aandacht gevraagd voor:"), region.attention, "-"
    )
    blocks += group(P("Bijkomende drempels, nog niet vermeld in de uitdagingen:"), region.extra, "-")
    blocks += group(P("Een bijkomende doelgroep:"), region.profiles, "-")
    blocks += group(P("We zoeken volgende vormen van dienstverlening:"), region.services, "-")
    blocks += [H("D. Timing en procedure")]
    pitches = []
    for same, hours in same_hours(region.windows):
        together = len(same) > 1 and len({(one.day.year, one.day.month) for one in same}) == 1
        if together:
            dates = listed([str(one.day.day) for one in same[:-1]] + [days.long(same[-1].day)])
            pitches.append(f"Pitches: {dates}, telkens van {hours}")
        else:
            pitches += [f"Pitches: {days.long(one.day)} van {hours}" for one in same]
    blocks += [Items([
        f"Bekendmaking van het addendum: {days.slash(region.launch)}",
        f"Indienen van kandidaturen: ten laatste op {days.slash(region.deadline.date())} om {days.uu(region.deadline.time())}",
        f"Beoordeling door de jury (schriftelijk): van {days.slash(region.written[0])} tot en met {days.slash(region.written[1])}",
        *pitches,
        f"Bekendmaking van de beslissing: ten laatste op {days.slash(inclusive(region))}",
        f"Weerwoord: binnen de {region.objection_days} kalenderdagen na ontvangst van de beslissing",
    ], "-")]  # fmt: skip
    blocks += [H("E. Contact")]
    blocks += [
        P(f"Contactpersoon: {one.name}, {one.role}, {one.phone}, {one.email}") for one in region.contacts
    ]
    blocks += [H("F. Indienen"), P(f"Kandidaturen worden ingediend via {submit_places(region)}.")]
    return Doc(
        blocks,
        wrap=95,
        page=50,
        header="Nota – lokaal addendum",
        footer="#/#",
        omits=NO_EXTRAS | {"local_input"},
    )


def slides(region: Region) -> Doc:
    """What is left of a presentation: loose words, arrows, one challenge a slide."""
    blocks: list[Block] = [
        H("Lokaal addendum", 0),
        H(region.area, 0),
        P(region.programme),
        P(" | ".join(region.municipalities)),
    ]
    for number, task in enumerate(region.tasks, 1):
        blocks += [H(f"Uitdaging {number} | {' & '.join(task.personas)}"), P(task.introduction)]
        blocks += group(P("Wat houdt hen tegen?", bold=True), task.obstacles, "→")
        blocks += group(P("Wat is er nodig?", bold=True), task.goals, "→")
    blocks += group(H("Wat hoorden we vaak?"), region.recurring, "→") + group(
        H("Vergeet niet: aandacht voor"), region.attention, "→"
    )
    blocks += group(H("Extra obstakels"), region.extra, "→") + group(
        H("Extra klantprofiel"), region.profiles, "→"
    )
    blocks += group(H("Dienstverlening die we zoeken"), region.services, "→")
    blocks += [H("Tijdlijn")]
    blocks += [
        P(f"Lancering → {days.long(region.launch)}"),
        P(f"Deadline → {days.long(region.deadline.date())}, {days.u(region.deadline.time())}"),
    ]
    blocks += [P(f"Schriftelijke ronde → {days.long(region.written[0])} t/m {days.long(region.written[1])}")]
    blocks += [
        P(f"Pitch → {days.long(one.day)}, {days.u(one.start)}-{days.u(one.end)}") for one in region.windows
    ]
    blocks += [
        P(f"Beslissing → voor {days.long(region.decision_before)}"),
        P(f"Weerwoord → {region.objection_days} dagen"),
    ]
    blocks += [H("Vragen?")]
    for one in region.contacts:
        blocks += [P(one.name, bold=True), P(one.role), P(f"E {one.email}"), P(f"T {one.phone}")]
    blocks += [H("Indienen"), P(submit_places(region))]
    return Doc(blocks, spaced=True, omits=NO_EXTRAS | {"local_input"})


def one_table(region: Region) -> Doc:
    """All challenges as rows of one table, with small headings inside the cells."""
    rows: list[list[str | Items]] = [["Nr.", "Persona", "Situatie", "Obstakels en doelen"]]
    for number, task in enumerate(region.tasks, 1):
        inner = ["Obstakels:", *(f"- {text}" for text in task.obstacles)]
        inner += ["Doelen:", *(f"- {text}" for text in task.goals)] if task.goals else []
        rows.append([f"Uitdaging {number}", listed(task.personas), task.introduction, Items(inner, "")])
    blocks: list[Block] = [H(f"Lokaal addendum {region.area}", 0), P(f"Programma: {region.programme}")]
    blocks += [
        P(f"Gemeenten: {', '.join(region.municipalities)}"),
        H("Overzicht van de uitdagingen"),
        Table(rows, head=True),
    ]
    blocks += [H("Lokale timing"), Table([
        ["Fase", "Van", "Tot"],
        ["Lancering", days.slash(region.launch), ""],
        ["Kandidaturen indienen", days.slash(region.launch), f"{days.slash(region.deadline.date())} om {days.colon(region.deadline.time())}"],
        ["Schriftelijke ronde", days.slash(region.written[0]), days.slash(region.written[1])],
        *([f"Pitch op {days.slash(one.day)}", f"{days.colon(one.start)}", f"{days.colon(one.end)}"] for one in region.windows),
        ["Beslissing", "", f"voor {days.slash(region.decision_before)}"],
        ["Weerwoord", "", f"einddatum + {region.objection_days} dagen"],
    ], head=True)]  # fmt: skip
    blocks += [
        H("Contactpersonen"),
        Table(
            [
                ["Naam", "Contact"],
                *([f"{o.name} ({o.role})", f"{o.email} {o.phone}"] for o in region.contacts),
            ],
            head=True,
        ),
    ]
    blocks += [P(f"Kandidatuur indienen via {submit_places(region)}")]
    return Doc(
        blocks,
        cells="lines",
        omits=NO_EXTRAS
        | {"local_input", "recurring", "attention", "extra_obstacles", "profiles", "service_types"},
    )


def report(region: Region) -> Doc:
    """Sentences instead of lists: everything after a colon, between semicolons."""
    blocks: list[Block] = [
        H(f"Addendum lokaal partnerschap {region.area}", 0),
        P(f"Oproep: {region.programme}."),
    ]
    blocks += [P(f"Werkingsgebied: {listed(region.municipalities)}.")]
    for number, task in enumerate(region.tasks, 1):
        blocks += [H(f"Uitdaging {number}: {personas_of(task)}"), P(task.introduction)]
        blocks += [P(f"De vastgestelde obstakels zijn: {'; '.join(task.obstacles)}.")]
        if task.goals:
            blocks += [P(f"De doelstellingen zijn: {'; '.join(task.goals)}.")]
    blocks += [H("Lokale analyse")]
    for label, texts in (("Terugkerende bevindingen", region.recurring), ("Aandachtspunten", region.attention),
                         ("Aanvullende obstakels", region.extra), ("Bijkomende profielen", region.profiles),
                         ("Types dienstverlening", region.services)):  # fmt: skip
        blocks += [P(f"{label}: {'; '.join(texts)}.")] if texts else []
    blocks += [H("Timing"), P(f"De lancering is voorzien op {days.long(region.launch)}. Kandidaturen moeten binnen zijn tegen "
                              f"{days.full(region.deadline.date())}, {days.dots(region.deadline.time())}. De schriftelijke voorstellen worden "
                              f"beoordeeld {days.between(*region.written, ' tot en met ', 'van ')}.")]  # fmt: skip
    blocks += [P(f"De pitches vinden plaats op {listed([f'{days.full(day)} ({days.slots(s, days.u)})' for day, s in days.grouped(region.windows)])}. "
                 f"De beslissing wordt meegedeeld voor {days.long(region.decision_before)}. Daarna heb je {region.objection_days} dagen voor een weerwoord.")]  # fmt: skip
    blocks += [H("Contact")]
    blocks += [
        P(
            f"Contactpersoon voor inhoudelijke vragen: {o.name} ({o.role}), te bereiken op {o.phone} of via {o.email}."
        )
        for o in region.contacts
    ]
    blocks += [P(f"Stuur je kandidatuur naar {submit_places(region)}.")]
    return Doc(blocks, wrap=100, justify=True, omits=NO_EXTRAS | {"local_input"})


def counted(region: Region) -> Doc:
    """Every obstacle and goal with its own label and number; sections in a table of contents."""
    blocks: list[Block] = [
        H(f"{region.area}: lokaal addendum", 0),
        P(f"Kader: {region.programme}"),
        H("1 Gemeenten"),
        Items(region.municipalities, "•"),
    ]
    blocks += [H("2 Uitdagingen")]
    for number, task in enumerate(region.tasks, 1):
        blocks += [
            H(f"2.{number} Uitdaging {number} - {task.title}", 2),
            P(f"Gebaseerd op: {personas_of(task)}"),
            P(task.introduction),
        ]
        blocks += [P(f"Obstakel {place}: {text}") for place, text in enumerate(task.obstacles, 1)]
        blocks += [P(f"Doel {place}: {text}") for place, text in enumerate(task.goals, 1)]
    blocks += [H("3 Verrijking")]
    blocks += group(H("3.1 Terugkerende elementen", 2), region.recurring, "a)") + group(
        H("3.2 Andere aandachtspunten", 2), region.attention, "a)"
    )
    blocks += group(H("3.3 Aanvullende obstakels", 2), region.extra, "a)") + group(
        H("3.4 Aanvullende profielen", 2), region.profiles, "a)"
    )
    blocks += group(H("4 Nodige dienstverlening"), region.services, "a)")
    blocks += [H("5 Kalender"), Table([
        ["Lancering oproep", days.dash(region.launch)],
        ["Uiterste indiendatum", f"{days.dash(region.deadline.date())} ({days.uur(region.deadline.time())})"],
        ["Lezen en scoren van de kandidaturen", f"{days.dash(region.written[0])} tot en met {days.dash(region.written[1])}"],
        *([f"Pitchmoment {place}", f"{days.dash(one.day)} van {days.uur(one.start)} tot {days.uur(one.end)}"] for place, one in enumerate(region.windows, 1)),
        ["Kandidaten krijgen bericht", f"voor {days.dash(region.decision_before)}"],
        ["Weerwoord indienen", f"tot {region.objection_days} dagen na het bericht"],
    ])]  # fmt: skip
    blocks += [
        H("6 Contactgegevens"),
        *(P(f"{o.role}: {o.name} | {o.email} | {o.phone}") for o in region.contacts),
    ]
    blocks += [H("7 Hoe dien je een kandidatuur in?"), P(f"Bezorg je dossier aan {submit_places(region)}")]
    return Doc(
        blocks,
        wrap=80,
        contents=True,
        page=45,
        header="Lokaal addendum",
        footer="Blz. #",
        omits=NO_EXTRAS | {"local_input"},
    )


def web_page(region: Region) -> Doc:
    """Copied from a website: no numbers on challenges, days without year below a title that has it."""
    year = region.launch.year
    blocks: list[Block] = [
        H(f"Oproep {year}: word partner in {region.area}", 0),
        P("Lees hieronder het lokaal addendum."),
        P(f"Programma: {region.programme}"),
    ]
    blocks += [H("Voor welke gemeenten geldt deze oproep?"), Items(region.municipalities, "•")]
    blocks += [H("Ontdek de uitdagingen")]
    for task in region.tasks:
        blocks += [
            H(f"Uitdaging: {task.title}", 2),
            P(f"{'Persona' if len(task.personas) == 1 else 'Persona’s'}: {listed(task.personas)}"),
            P(task.introduction),
        ]
        blocks += group(P("Obstakels", bold=True), task.obstacles, "•") + group(
            P("Doelen", bold=True), task.goals, "•"
        )
    blocks += [H("Maak kennis met de persona's")]
    for person in region.people:
        blocks += [P(f"{person.name}, {person.age} jaar", bold=True), P(person.story)]
    blocks += [H("Hou deze data vrij")]
    blocks += [Items([
        f"{days.bare(region.launch)}: lancering", f"{days.bare(region.deadline.date())} om {days.uur(region.deadline.time())}: uiterste indiendatum",
        f"{days.bare(region.written[0])} tot {days.bare(region.written[1])}: schriftelijke ronde",
        *(f"{days.bare(one.day)}, {days.u(one.start)} - {days.u(one.end)}: pitch" for one in region.windows),
        f"voor {days.bare(region.decision_before)} {region.decision_before.year}: beslissing", f"tot {region.objection_days} dagen later: weerwoord",
    ], "•")]  # fmt: skip
    blocks += [H("Contacteer ons")]
    for one in region.contacts:
        blocks += [P(f"{one.name}, {one.role}"), P(f"Mail: {one.email}"), P(f"Bel: {one.phone}")]
    blocks += [H("Stel je kandidaat"), P(f"Dat kan via {submit_places(region)}.")]
    return Doc(blocks, omits=frozenset(("ambition", "vision", "mission", "recurring", "attention", "extra_obstacles", "profiles",
                                        "service_types", "local_input")))  # fmt: skip


HELD_OUT = (note, slides, one_table, report, counted, web_page)
