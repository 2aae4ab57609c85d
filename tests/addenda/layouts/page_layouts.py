# ruff: noqa: E501
"""Layouts with pages: running headers and footers, page breaks inside lists, narrow lines."""

from . import days
from .content import Region
from .model import Block, Break, Doc, Heading, Items, Para
from .parts import group, listed, personas_of, prose, submit_places, told
from .plain_layouts import inclusive

H, P = Heading, Para


def by_persona(region: Region) -> Doc:
    """Stories of the personas in their own chapter; the challenges come before, the contact comes first."""
    blocks: list[Block] = [H(f"Addendum {region.area}", 0), H("Contactpersoon")]
    for one in region.contacts:
        blocks += [P(f"{one.name}, {one.role}"), P(f"T {one.phone}"), P(f"M {one.email}")]
    blocks += [H("Kandidatuur indienen"), P(f"Via {submit_places(region)}"), H("Lokaal werkingsgebied")]
    blocks += [P(f"{listed(region.municipalities)}"), H("Programma"), P(region.programme)]
    blocks += [H("Regio-uitdagingen")]
    for number, task in enumerate(region.tasks, 1):
        blocks += [
            H(
                f"Regio-uitdaging {number}: op basis van {' + '.join(f'persona {n}' for n in task.personas)}",
                2,
            )
        ]
        blocks += [P(task.introduction)]
        blocks += group(P("Struikelblokken:", bold=True), task.obstacles, "a)")
        blocks += group(P("Wat willen we bereiken?", bold=True), task.goals, "a)")
    blocks += [H("Persona's")]
    for person in region.people:
        blocks += [H(f"Persona {person.name} ({person.age} jaar)", 2), P(person.story)]
    blocks += [H("Timing")]
    blocks += [Items([
        f"Publicatie: {days.nth(region.launch)}",
        f"Kandidaturen indienen: ten laatste {days.nth(region.deadline.date())} om {days.dots(region.deadline.time())}",
        f"Beoordeling van de kandidaturen: {days.between(*region.written, ' t.e.m. ')}",
        *(f"Pitch voor de jury op {days.nth(day)}, {days.slots(s, days.dots, ' - ', '')}" for day, s in days.grouped(region.windows)),
        f"Bekendmaking van de beslissing: tegen {days.nth(inclusive(region))}",
        f"Bezwaar: tot {region.objection_days} dagen na de bekendmaking",
    ], "o")]  # fmt: skip
    return Doc(blocks, wrap=100, page=40, header=f"{region.area} - lokaal addendum", footer="#",
               omits=frozenset(("ambition", "vision", "mission", "recurring", "attention", "extra_obstacles",
                                "profiles", "service_types", "local_input")))  # fmt: skip


def brochure(region: Region) -> Doc:
    """Narrow lines, Wingdings glyphs, soft hyphens, a running header and footer, page breaks inside lists."""
    blocks: list[Block] = [H(region.programme, 0), H("Lokaal addendum", 0), H(region.area, 0), Break()]
    blocks += [H("Werkingsgebied"), P(" - ".join(region.municipalities) if not any("-" in m for m in region.municipalities)
                                      else ", ".join(region.municipalities))]  # fmt: skip
    blocks += (
        prose(H("Ambitie"), region.ambition)
        + prose(H("Visie"), region.vision)
        + prose(H("Missie"), region.mission)
    )
    for number, task in enumerate(region.tasks, 1):
        blocks += [
            H(f"Uitdaging {number}"),
            P(f"{task.title}", bold=True),
            P(personas_of(task, "Persona", "Persona’s")),
        ]
        blocks += [P(task.introduction)]
        blocks += group(H("Welke drempels ervaren zij?", 2), task.obstacles, "\uf0a7", ",", ".")
        blocks += group(H("Waar willen we naartoe?", 2), task.goals, "\uf0a7", ",", ".")
    blocks += [Break(), H("Wat de partners ons leerden")]
    blocks += group(H("Meermaals genoemd", 2), region.recurring, "\uf0a7") + group(
        H("Extra aandachtspunten", 2), region.attention, "\uf0a7"
    )
    blocks += group(H("Aanvullende obstakels", 2), region.extra, "\uf0a7") + group(
        H("Aanvullend klantprofiel", 2), region.profiles, "\uf0a7"
    )
    blocks += group(H("Welke dienstverlening zoeken we?", 2), region.services, "\uf0a7")
    blocks += told(H("Lokale context"), region.local_input)
    blocks += [Break(), H("Data om te onthouden")]
    blocks += [P(f"{days.dot(region.launch)}: start van de oproep")]
    blocks += [
        P(
            f"{days.dot(region.deadline.date())}, {days.u(region.deadline.time())}: uiterste moment om in te dienen"
        )
    ]
    blocks += [
        P(f"{days.dot(region.written[0])} – {days.dot(region.written[1])}: jury leest de kandidaturen")
    ]
    blocks += [
        P(f"{days.dot(one.day)}, {days.u(one.start)} – {days.u(one.end)}: pitch") for one in region.windows
    ]
    blocks += [P(f"voor {days.dot(region.decision_before)}: beslissing bekend")]
    blocks += [P(f"+ {region.objection_days} dagen: weerwoord mogelijk")]
    blocks += [H("Meer weten?")]
    for one in region.contacts:
        blocks += [P(one.name, bold=True), P(one.role), P(one.phone), P(one.email)]
    blocks += [H("Hoe dien je in?"), P(f"Stuur je kandidatuur naar {submit_places(region)}.")]
    return Doc(blocks, wrap=60, page=30, header=f"{region.area} | Lokaal addendum", footer="Pagina # van #",
               justify=True, omits=frozenset(("stories",)))  # fmt: skip
