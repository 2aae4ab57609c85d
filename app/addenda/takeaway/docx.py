"""The call as a Word document, in an order and with headings that our own importer reads back."""

from functools import lru_cache
from pathlib import Path

import typst
from flask import current_app

from app.addenda.portraits import portrait_key
from app.addenda.public.queries import ChallengeRow, PersonaRow
from app.addenda.takeaway import ooxml, paper
from app.addenda.takeaway.document import Takeaway, names_in
from app.addenda.takeaway.words import clean, one_line
from app.domain.goals import goals_heading
from app.infra.markdown import Run, blocks

MIME = ooxml.MIME
_DRAW = b"""#set page(width: 96pt, height: 96pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""


def docx_of(taken: Takeaway) -> bytes:
    """The whole call."""
    call = taken.call
    word = ooxml.WordDocument(
        one_line(call.title), one_line(call.service_area), paper.counts(taken), taken.version.at
    )
    _cover(word, taken)
    _challenges(word, taken)
    _personas(word, taken)
    _analysis(word, taken)
    _timeline(word, taken)
    _contact(word, taken)
    _assessment(word, taken)
    _answers(word, taken)
    _together(word, taken)
    return word.content(f"{one_line(call.service_area)} – {paper.version_line(taken)}")


def _cover(word: ooxml.WordDocument, taken: Takeaway) -> None:
    if taken.page.programme:
        word.text(one_line(taken.page.programme), "Kicker")
    word.heading(1, one_line(taken.call.title))
    word.text(paper.version_line(taken), "Kicker")
    word.paragraph([Run("De nieuwste versie staat altijd op "), Run(taken.url, href=taken.url)])
    for version, reason in paper.changes(taken):
        word.paragraph([Run(f"{version}: ", bold=True), Run(reason)])
    word.heading(2, "Naam van het werkingsgebied")
    word.text(one_line(taken.call.service_area))
    if taken.towns:
        word.heading(2, "Lokaal werkingsgebied")
        word.text(", ".join(one_line(town) for town in taken.towns))
    texts = (("Ambitie", taken.page.ambition), ("Visie", taken.page.vision), ("Missie", taken.page.mission))
    for title, text in texts:
        if text:
            word.heading(2, title)
            word.rich(blocks(text))


def _challenges(word: ooxml.WordDocument, taken: Takeaway) -> None:
    if taken.page.challenges:
        word.heading(2, "Regio-uitdagingen")
    for one in taken.page.challenges:
        word.heading(3, _challenge_title(one))
        word.rich(blocks(one.introduction))
        if one.obstacles:
            word.heading(4, "De obstakels zijn:")
            word.numbered([one_line(row.label) for row in one.obstacles])
        if one.goals:
            word.heading(4, goals_heading([row.text for row in one.goals], ":"))
            word.numbered([one_line(row.text) for row in one.goals])


def _challenge_title(one: ChallengeRow) -> str:
    if not one.personas:
        return f"Regio-uitdaging {one.number}"
    kind = "persona" if len(one.personas) == 1 else "persona’s"
    return one_line(f"Regio-uitdaging {one.number} gebaseerd op {kind} {names_in(one.personas)}")


def _personas(word: ooxml.WordDocument, taken: Takeaway) -> None:
    if taken.page.personas:
        word.heading(2, "Persona’s")
    for one in taken.page.personas:
        _persona(word, one)


def _persona(word: ooxml.WordDocument, one: PersonaRow) -> None:
    word.heading(3, one_line(one.name) + (f", {one.age} jaar" if one.age is not None else ""))
    word.picture(portrait_png(portrait_key(one.portrait)), one_line(one.shown), 2.4)
    if one.occurrence:
        word.text(one_line(one.occurrence))
    word.rich(blocks(one.story))
    for title, words in (("Sterktes", one.strengths), ("Levensdomeinen", one.life_domains)):
        if words:
            word.heading(4, title)
            word.bullets([one_line(text) for text in words])


def _analysis(word: ooxml.WordDocument, taken: Takeaway) -> None:
    parts = [(title, taken.page.lists.get(kind, [])) for kind, title in paper.ANALYSIS]
    if any(texts for _, texts in parts):
        word.heading(2, "Lokale analyse")
    for title, texts in parts:
        if texts:
            word.heading(3, title)
            word.bullets([one_line(text) for text in texts])
    if taken.page.local_input:
        word.heading(2, "Andere lokale input")
        word.rich(blocks(taken.page.local_input))


def _timeline(word: ooxml.WordDocument, taken: Takeaway) -> None:
    word.heading(2, "Lokale timing")
    rows = [[one.label, one.when] for one in paper.stations(taken)]
    word.table("Het verloop van de oproep", ["Stap", "Wanneer"], rows, [3, 7])


def _contact(word: ooxml.WordDocument, taken: Takeaway) -> None:
    if taken.page.contacts:
        word.heading(2, "Contactpersonen")
    for name, role, email, phone in taken.page.contacts:
        lines = [one_line(text) for text in (role, email, phone) if text]
        runs = [Run(one_line(name), bold=True)]
        for line in lines:
            href = f"mailto:{line}" if email and line == one_line(email) else ""
            runs += [Run("\n"), Run(line, href=href)]
        word.paragraph(runs)
    word.heading(2, "Kandidatuur indienen")
    word.paragraph(
        [Run("Organisaties dienen hun kandidatuur in via "), Run(taken.url, href=taken.url), Run(".")]
    )


def _assessment(word: ooxml.WordDocument, taken: Takeaway) -> None:
    word.heading(2, "Beoordelingscriteria")
    word.text(paper.passing(taken))
    for name, title in paper.ROUNDS:
        if taken.page.criteria.get(name):
            word.heading(3, title)
        for one in taken.page.criteria.get(name, []):
            word.heading(4, one_line(one.name))
            word.text(paper.weighing(one))
            rows = [[str(value), description] for value, description in one.levels]
            header = ["Niveau", "Wat de jury dan ziet"]
            word.table(f"Niveaus van {one_line(one.name)}", header, rows, [15, 85])


def _together(word: ooxml.WordDocument, taken: Takeaway) -> None:
    """Which goal serves which obstacle stands in an annex: inside the lists it would read as their text."""
    linked = [one for one in taken.page.challenges if one.obstacles and one.goals]
    if linked:
        word.heading(2, "Bijlage")
        word.text("Wat bij wat helpt, en op welke levensdomeinen het speelt.")
    for one in linked:
        goals = {row.number: f"{row.number}. {one_line(row.text)}" for row in one.goals}
        rows = [
            [
                f"{row.number}. {one_line(row.label)}",
                ", ".join(row.life_domains) or "–",
                "\n".join(goals[number] for number in row.goals) or "–",
            ]
            for row in one.obstacles
        ]
        title = f"Bij uitdaging {one.number}"
        word.heading(3, title)
        word.table(title, ["Wat tegenhoudt", "Speelt op", "Wat helpt"], rows, [37, 25, 38])


def _answers(word: ooxml.WordDocument, taken: Takeaway) -> None:
    """After all that our importer reads back: what is said there is no part of the call."""
    if taken.answers:
        word.heading(2, "Vragen en antwoorden")
    for one in taken.answers:
        word.heading(3, f"Vraag {one.number}")
        word.paragraph([Run(clean(one.question).strip(), bold=True)])
        word.text(paper.answered_on(one), "Kicker")
        word.rich(blocks(one.answer))


@lru_cache(maxsize=16)
def portrait_png(key: str) -> bytes:
    """An illustration as Word can show it; drawn once per process."""
    svg = (Path(current_app.static_folder or "") / "portraits" / f"{key}.svg").read_text()
    picture: bytes = typst.compile(_DRAW, sys_inputs={"svg": svg}, format="png", ppi=216)
    return picture
