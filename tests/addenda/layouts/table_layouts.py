# ruff: noqa: E501
"""Layouts made of Word tables, and those that mix."""

from . import days
from .content import Region
from .model import Block, Break, Doc, Heading, Items, Para, Table
from .parts import group, listed, personas_of, prose, submit_places, told
from .plain_layouts import NO_EXTRAS, inclusive

H, P = Heading, Para


def card_per_challenge(region: Region) -> Doc:
    """A Word table per challenge: labels left, text and lists right. Timing as a table with a head."""
    blocks: list[Block] = [H(f"Lokaal addendum – {region.area}", 0), P(f"Oproep: {region.programme}")]
    blocks += [P(f"Gemeenten: {' / '.join(region.municipalities)}")]
    for number, task in enumerate(region.tasks, 1):
        rows: list[list[str | Items]] = [
            [f"Uitdaging {number}", task.title],
            ["Persona's", listed(task.personas)],
            ["Omschrijving", task.introduction],
            ["Obstakels", Items(task.obstacles)],
        ]
        if task.goals:
            rows += [["Doelen", Items(task.goals)]]
        blocks += [Table(rows), P("")]
    rows = [["Terugkerende bevindingen", Items(region.recurring)], ["Aandachtspunten", Items(region.attention)],
            ["Bijkomende obstakels", Items(region.extra)], ["Bijkomende profielen", Items(region.profiles)],
            ["Types dienstverlening", Items(region.services)]]  # fmt: skip
    rows = [row for row in rows if isinstance(row[1], Items) and row[1].texts]
    blocks += [H("Lokale analyse"), Table(rows), H("Timing"), Table([
        ["Stap", "Datum"],
        ["Lancering", days.slash(region.launch)],
        ["Deadline kandidatuur", f"{days.slash(region.deadline.date())} {days.colon(region.deadline.time())}"],
        ["Schriftelijke ronde", f"{days.slash(region.written[0])} - {days.slash(region.written[1])}"],
        ["Pitches", Items([f"{days.slash(one.day)} van {days.u(one.start)} tot {days.u(one.end)}" for one in region.windows], "")],
        ["Beslissing", f"voor {days.slash(region.decision_before)}"],
        ["Weerwoord", f"{region.objection_days} kalenderdagen na kennisgeving"],
    ], head=True)]  # fmt: skip
    blocks += [H("Contact"), Table([["Naam", "Functie", "E-mail", "Telefoon"],
               *([one.name, one.role, one.email, one.phone] for one in region.contacts)], head=True)]  # fmt: skip
    blocks += [P(f"Indienen: {submit_places(region)}")]
    return Doc(blocks, omits=NO_EXTRAS | {"local_input"})


def two_columns(region: Region) -> Doc:
    """Obstacles and goals side by side in a table with a head, row by row, of unequal length."""
    blocks: list[Block] = [
        H("Lokaal addendum", 0),
        P(f"Regio: {region.area}"),
        P(f"Programma: {region.programme}"),
    ]
    blocks += [P("Deelnemende gemeenten:"), Items(region.municipalities, "•")]
    for number, task in enumerate(region.tasks, 1):
        blocks += [H(f"Regio-uitdaging {number} ({personas_of(task)})"), P(task.introduction)]
        rows: list[list[str]] = []
        for place in range(max(len(task.obstacles), len(task.goals))):
            pair = [source[place] if place < len(source) else "" for source in (task.obstacles, task.goals)]
            rows.append(pair)
        blocks += [Table([["Obstakels", "Doelen"], *rows], head=True)]
    blocks += [H("Analyse")]
    blocks += group(P("Rode draden:"), region.recurring) + group(
        P("Verdere aandachtspunten:"), region.attention
    )
    blocks += group(P("Aanvullende drempels:"), region.extra) + group(
        P("Extra klantprofielen:"), region.profiles
    )
    blocks += group(P("Benodigde dienstverlening:"), region.services) + told(
        H("Lokale input"), region.local_input
    )
    blocks += [H("Planning"), Table([
        ["Wanneer", "Wat", "Wie"],
        [days.full(region.launch), "Lancering addendum", "Regisseur"],
        [f"{days.full(region.deadline.date())} om {days.uur(region.deadline.time())}", "Deadline kandidaturen", "Organisaties"],
        [days.between(*region.written, " tot en met "), "Beoordelen schriftelijke voorstellen", "Jury"],
        *([f"{days.full(one.day)} van {days.uur(one.start)} tot {days.uur(one.end)}", "Pitches", "Jury"] for one in region.windows),
        [f"uiterlijk {days.long(inclusive(region))}", "Communicatie beslissing", "Regisseur"],
        [f"{region.objection_days} dagen na de beslissing", "Weerwoord", "Organisaties"],
    ], head=True)]  # fmt: skip
    blocks += [
        H("Contactpersonen"),
        Items([f"{o.name}, {o.role}: {o.phone}, {o.email}" for o in region.contacts], "•"),
    ]
    blocks += [P(f"Kandidaturen indienen via {submit_places(region)}")]
    return Doc(blocks, omits=NO_EXTRAS)


def form(region: Region) -> Doc:
    """One long form: label and value, for everything that fits in a cell."""
    rows: list[list[str | Items]] = [
        ["Programma", region.programme], ["Werkingsgebied", region.area],
        ["Gemeenten", listed(region.municipalities)],
    ]  # fmt: skip
    rows += [
        [label, text]
        for label, text in (
            ("Ambitie", region.ambition),
            ("Visie", region.vision),
            ("Missie", region.mission),
        )
        if text
    ]
    blocks: list[Block] = [H("ADDENDUM LOKAAL PARTNERSCHAP", 0), Table(rows)]
    for number, task in enumerate(region.tasks, 1):
        blocks += [Table([[f"Uitdaging {number} – {personas_of(task)}"]]), P(task.introduction)]
        blocks += group(Table([["Obstakels"]]), task.obstacles, "1.")
        blocks += group(Table([["Doelstellingen"]]), task.goals, "1.")
    for label, texts in (("Terugkerend", region.recurring), ("Aandachtspunten", region.attention), ("Extra obstakels", region.extra),
                         ("Bijkomend klantprofiel", region.profiles), ("Type dienstverlening", region.services)):  # fmt: skip
        blocks += group(Table([[label]]), texts, "1.")
    blocks += [Table([["Timing"]]), Table([
        ["Lancering addendum", days.iso(region.launch)],
        ["Deadline indienen", f"{days.iso(region.deadline.date())} {region.deadline:%H:%M}"],
        ["Eerste ronde (schriftelijk)", f"{days.iso(region.written[0])} tot {days.iso(region.written[1])}"],
        *([f"Pitch {place}", f"{days.iso(one.day)} {one.start:%H:%M} - {one.end:%H:%M}"] for place, one in enumerate(region.windows, 1)),
        ["Beslissing", f"voor {days.iso(region.decision_before)}"],
        ["Termijn weerwoord", f"{region.objection_days} dagen"],
    ])]  # fmt: skip
    blocks += [Table([["Contactgegevens"]])]
    for one in region.contacts:
        blocks += [
            Table(
                [
                    ["Naam", one.name],
                    ["Functie", one.role],
                    ["E-mailadres", one.email],
                    ["Telefoonnummer", one.phone],
                ]
            )
        ]
    blocks += [Table([["Indienen via", submit_places(region)]])]
    return Doc(blocks, cells="tab", omits=frozenset(("stories", "local_input")))


def cell_by_cell(region: Region) -> Doc:
    """Copied out of a table: every cell on its own line, so that values stand under their labels."""
    blocks: list[Block] = [H(f"Lokaal Addendum regio {region.area}", 0), P(region.programme)]
    blocks += [Table([["Gemeenten", ", ".join(region.municipalities)]])]
    for number, task in enumerate(region.tasks, 1):
        blocks += [H(f"Regio-uitdaging {number}: {task.title}"), Table([
            ["Gebaseerd op", personas_of(task)], ["Situatie", task.introduction],
            ["Drempels", Items(task.obstacles, "-")], *([["Doelen", Items(task.goals, "-")]] if task.goals else []),
        ])]  # fmt: skip
    blocks += [H("Timing"), Table([
        ["Fase", "Datum"],
        ["Publicatie van de oproep", days.long(region.launch)],
        ["Uiterste indiendatum", f"{days.long(region.deadline.date())}, {days.dots(region.deadline.time())}"],
        ["Schriftelijke beoordeling", days.between(*region.written, " t/m ")],
        ["Mondelinge toelichting voor de jury", Items([f"{days.long(day)}: {days.slots(s, days.dots, '-', '')}" for day, s in days.grouped(region.windows)], "")],
        ["Bekendmaking beslissing", f"vóór {days.long(region.decision_before)}"],
        ["Weerwoord", f"binnen {region.objection_days} dagen na bekendmaking"],
    ], head=True)]  # fmt: skip
    blocks += group(H("Verdere aandachtspunten"), region.attention, "-") + group(
        H("Soorten dienstverlening"), region.services, "-"
    )
    blocks += [H("Contactpersoon"), *(Table([[o.name, o.role, o.email, o.phone]]) for o in region.contacts)]
    blocks += [P("Kandidatuur indienen:"), P(submit_places(region))]
    return Doc(
        blocks, cells="lines", omits=NO_EXTRAS | {"local_input", "recurring", "extra_obstacles", "profiles"}
    )


def story_cards(region: Region) -> Doc:
    """Persona and challenge in one: the persona's name is the heading, the story follows it."""
    blocks: list[Block] = [H(f"Addendum {region.area}", 0), P(f"in het kader van {region.programme}")]
    blocks += [P(f"Regio {region.area} bestaat uit {listed(region.municipalities)}.")]
    blocks += prose(H("Visie"), region.vision)
    blocks += [H("Onze persona's")]
    blocks += [
        Table(
            [["Naam", "Leeftijd", "Verhaal"], *([p.name, f"{p.age} jaar", p.story] for p in region.people)],
            head=True,
        )
    ]
    blocks += [H("Onze uitdagingen")]
    for number, task in enumerate(region.tasks, 1):
        blocks += [
            H(f"Uitdaging {number} – {task.title} (persona {' & '.join(task.personas)})", 2),
            P(task.introduction),
        ]
        blocks += group(P("Knelpunten", bold=True), task.obstacles, "§") + group(
            P("Ambities", bold=True), task.goals, "§"
        )
    blocks += [H("Resultaten verrijkingssessie")]
    blocks += group(P("Kwam vaak terug:"), region.recurring, "§") + group(
        P("Extra aandacht voor:"), region.attention, "§"
    )
    blocks += group(P("Nieuwe obstakels:"), region.extra, "§") + group(
        P("Extra doelgroepen:"), region.profiles, "§"
    )
    blocks += [H("Arena-analyse")] + group(P("Gevraagde types dienstverlening:"), region.services, "§")
    blocks += [H("Belangrijke data"), Table([
        ["Start oproep", days.brief(region.launch)],
        ["Indienen voor", f"{days.brief(region.deadline.date())} - {days.uu(region.deadline.time())}"],
        ["Schriftelijke ronde", f"{days.brief(region.written[0])} - {days.brief(region.written[1])}"],
        ["Pitchronde", " en ".join(f"{days.brief(day)} ({days.slots(s, days.uu, '-', '')})" for day, s in days.grouped(region.windows))],
        ["Beslissing", f"voor {days.brief(region.decision_before)}"],
        ["Bezwaar", f"einddatum + {region.objection_days} dagen"],
    ])]  # fmt: skip
    blocks += [H("Vragen?"), *(P(f"{o.name} – {o.role} – {o.email} – {o.phone}") for o in region.contacts)]
    blocks += [H("Indienen"), P(f"Dien je kandidatuur in via {submit_places(region)}.")]
    return Doc(blocks, cells="pipe", omits=frozenset(("ambition", "mission", "local_input")))


def questions(region: Region) -> Doc:
    """Headings that are questions; days without a year once the year is clear; times in words."""
    end = region.deadline.time()
    hour = {"12:00": "om 12 uur 's middags", "23:59": "om middernacht"}.get(
        f"{end:%H:%M}", f"om {days.uur(end)}"
    )
    blocks: list[Block] = [
        H(f"Oproep lokale partnerschappen: lokaal addendum {region.area}", 0),
        P(f"Programma: {region.programme}"),
    ]
    blocks += [H("Voor welke gemeenten?"), P(listed(region.municipalities)), H("Voor wie?")]
    for number, task in enumerate(region.tasks, 1):
        blocks += [H(f"Uitdaging {number}, {personas_of(task)}", 2), P(task.introduction)]
        blocks += group(P("Wat zijn de drempels?"), task.obstacles, "➢") + group(
            P("Wat willen we bereiken?"), task.goals, "➢"
        )
    blocks += [H("Wat leerden we?")]
    blocks += group(P("Wat kwam vaak terug?"), region.recurring, "➢") + group(
        P("Waar vroegen partners aandacht voor?"), region.attention, "➢"
    )
    blocks += group(P("Welke bijkomende obstakels zijn er?"), region.extra, "➢") + group(
        P("Welke bijkomende profielen zien we?"), region.profiles, "➢"
    )
    blocks += group(P("Welke types dienstverlening zijn nodig?"), region.services, "➢")
    blocks += [H("Wanneer?"), P(f"De oproep start op {days.long(region.launch)}.")]
    blocks += [P(f"Indienen kan tot en met {days.full(region.deadline.date())} {hour}.")]
    blocks += [
        P(
            f"We beoordelen de voorstellen op papier van {days.bare(region.written[0])} tot en met {days.bare(region.written[1])}."
        )
    ]
    lines = [
        f"{days.WEEKDAYS[day.weekday()]} {days.bare(day)}, telkens {days.slots(s, days.u)}"
        for day, s in days.grouped(region.windows)
    ]
    blocks += [P("Pitchen doe je op:"), Items(lines, "➢")]
    blocks += [P(f"Je kent de beslissing voor {days.bare(region.decision_before)}.")]
    weeks = {14: "twee weken", 21: "drie weken"}.get(
        region.objection_days, f"{region.objection_days} kalenderdagen"
    )
    blocks += [P(f"Niet akkoord? Je hebt {weeks} om een weerwoord te sturen.")]
    blocks += [
        H("Wie beantwoordt je vragen?"),
        *(P(f"{o.name}, {o.role}, {o.phone}, {o.email}") for o in region.contacts),
    ]
    blocks += [H("Waar dien je in?"), P(submit_places(region))]
    return Doc(blocks, wrap=80, omits=NO_EXTRAS | {"local_input"})


def letter(region: Region) -> Doc:
    """A letter with footnotes and dashes, where months are crossed and pitch days share their hours."""
    blocks: list[Block] = [
        P(f"Capacity building – {region.area}"),
        P(f"Lokaal addendum bij de oproep “{region.programme}”"),
    ]
    blocks += [P(f"Werkingsgebied: {region.area} ({', '.join(region.municipalities)})"), Break()]
    for number, task in enumerate(region.tasks, 1):
        blocks += [P(f"Regio-uitdaging {number} (persona’s {listed(task.personas)})" if len(task.personas) > 1
                     else f"Regio-uitdaging {number} (persona {task.personas[0]})", bold=True)]  # fmt: skip
        blocks += [P(task.introduction)]
        blocks += group(P("Belangrijkste belemmeringen zijn:"), task.obstacles, "-", ";", ".")
        blocks += group(P("We willen bereiken dat mensen:"), task.goals, "-", ";", ".")
    blocks += group(P("Vaak vermeld tijdens de verrijkingsdag:"), region.recurring, "-", ";", ".")
    blocks += group(P("Daarnaast vragen partners aandacht voor:"), region.attention, "-", ";", ".")
    blocks += group(P("Bijkomende belemmeringen zijn:"), region.extra, "-", ";", ".")
    blocks += group(P("Bijkomende doelgroep:"), region.profiles, "-", ";", ".")
    blocks += group(P("De soorten dienstverlening die we zoeken:"), region.services, "-", ";", ".")
    blocks += told(P("Overige lokale input", bold=True), region.local_input)
    blocks += [P("Tijdslijn", bold=True)]
    blocks += [
        P(f"{days.long(region.launch)} – lancering"),
        P(
            f"{days.long(region.deadline.date())}, {days.uu(region.deadline.time())} – deadline voor de kandidaturen"
        ),
    ]
    blocks += [P(f"{days.between(*region.written, ' - ')} – beoordeling van de schriftelijke voorstellen")]
    blocks += [
        P(f"{days.long(day)}, {days.slots(s, days.u, '-', '')} – pitches")
        for day, s in days.grouped(region.windows)
    ]
    blocks += [P(f"voor {days.long(region.decision_before)} – communicatie van de beslissing")]
    blocks += [P(f"tot {region.objection_days} dagen na de communicatie – weerwoord")]
    blocks += [P("Contact", bold=True)] + [
        P(f"{o.name}, {o.role}, tel. {o.phone}, mail {o.email}") for o in region.contacts
    ]
    blocks += [P(f"Indienen van de kandidatuur: {submit_places(region, ' en per mail naar ')}")]
    return Doc(blocks, wrap=84, page=36, header=f"Lokaal addendum {region.area}", footer="# / #", typed_marks=True,
               omits=NO_EXTRAS)  # fmt: skip
