"""What a screen reader hears of a letter: its tags, in their order, in Dutch, with a title."""

import io
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pikepdf
import pytest

from app.addenda.queries import load_call
from app.decisions.letters import decision_letters, letter_pdf
from app.decisions.letters.data import IN_THE_PLACE_OF
from app.decisions.letters.services import save_words
from app.decisions.letters.wording import PROPOSED, Words
from app.decisions.queries import decisions_of
from app.domain.objection import RulingOutcome
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.database import db, transaction
from app.objections.judging import ProposedRuling, ruling_letter
from app.objections.queries import filed_objection
from app.objections.services import submit
from app.organisations.models import Organisation
from app.proposals.letters import LetterData
from tests import factories as make
from tests.decisions.world import REASONS, build, propose_all, tell_all
from tests.objections.test_filing import text


def letter_of(outcome: str, words: Words | None = None) -> tuple[LetterData, bytes]:
    world = build(1)
    propose_all(world, (outcome,))
    if words:
        save_words(world.call.id, outcome, words, seen=0, by=make.actor(world.regisseur))
    call = load_call(world.call.id, clock.read())
    rows = decisions_of(call.id)
    data = decision_letters(call, rows, local_day(clock.read()))[rows[0].id]
    return data, letter_pdf(data)


class Spoken:
    """The tags of a PDF in reading order, each with the text of its marked content."""

    def __init__(self, pdf: bytes) -> None:
        self.document = pikepdf.open(io.BytesIO(pdf))
        self.texts: dict[tuple[Any, int], str] = {}
        for page in self.document.pages:
            self._read(page)
        self.parts = list(self._walk(self.document.Root.StructTreeRoot.K, None))

    def _read(self, page: Any) -> None:
        maps = {name: _unicode(font) for name, font in page.Resources.Font.items()}
        current, font = None, ""
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                current = int(operands[1].MCID) if "/MCID" in operands[1] else None
            elif str(operator) == "EMC":
                current = None
            elif str(operator) == "Tf":
                font = str(operands[0])
            elif str(operator) in ("Tj", "TJ") and current is not None:
                key = (page.objgen, current)
                self.texts[key] = self.texts.get(key, "") + _decoded(operands[0], maps[font])

    def _walk(self, node: Any, page: Any) -> Iterator[tuple[str, str]]:
        """(tag, its own text) of every element, parents before children."""
        for one in node if isinstance(node, pikepdf.Array) else [node]:
            if not isinstance(one, pikepdf.Dictionary) or "/S" not in one:
                continue
            here = one.get("/Pg", page)
            kids = one.get("/K", pikepdf.Array([]))
            kids = kids if isinstance(kids, pikepdf.Array) else pikepdf.Array([kids])
            yield str(one.S), "".join(self._own(kid, here) for kid in kids)
            yield from self._walk(kids, here)

    def _own(self, kid: Any, page: Any) -> str:
        if isinstance(kid, int):
            return self.texts.get((page.objgen, kid), "")
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            return self.texts.get((kid.get("/Pg", page).objgen, int(kid.MCID)), "")
        return ""

    @property
    def text(self) -> str:
        return _flat(" ".join(text for _, text in self.parts))

    def headings(self) -> list[tuple[str, str]]:
        return [(tag, _flat(text)) for tag, text in self.parts if tag in ("/H1", "/H2")]


def _unicode(font: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    lines = font.ToUnicode.read_bytes().decode("latin-1").splitlines()
    for line in lines:
        parts = [part.strip("<>") for part in line.replace("><", "> <").split()]
        if line.startswith("<") and len(parts) == 2:
            found[int(parts[0], 16)] = bytes.fromhex(parts[1]).decode("utf-16-be")
    return found


def _decoded(shown: Any, letters: dict[int, str]) -> str:
    pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
    raw = b"".join(bytes(one) for one in pieces if isinstance(one, pikepdf.String))
    return "".join(letters.get(int.from_bytes(raw[i : i + 2], "big"), "") for i in range(0, len(raw), 2))


def _flat(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def expected(data: LetterData) -> list[str]:
    """Everything a letter says, from top to bottom."""
    said = [*data["sender"], *data["recipient"], data["date"], data["reference"], data["subject"]]
    said += [data["salutation"], data["opening"], *(line for one in data["introduction"] for line in one)]
    for section in data["sections"]:
        said += [section["heading"], *(line for one in section["paragraphs"] for line in one)]
    said += ["Vragen?", *data["contact"], *(line for one in data["closing"] for line in one)]
    return [
        _flat(one.removeprefix("- ")) for one in [*said, "Met vriendelijke groet,", data["signature"]] if one
    ]


def check_order(data: LetterData, pdf: bytes) -> Spoken:
    """Everything it says is heard, each after what stands above it."""
    spoken, place = Spoken(pdf), 0
    for part in expected(data):
        found = spoken.text.find(part, place)
        assert found >= 0, f"{part!r} is not heard after {spoken.text[max(0, place - 40) : place]!r}"
        place = found + len(part)
    return spoken


@pytest.mark.parametrize("outcome", PROPOSED)
def test_a_screen_reader_hears_the_letter_from_top_to_bottom(app: object, outcome: str) -> None:
    check_order(*letter_of(outcome))


def test_it_keeps_its_order_over_several_pages(app: object) -> None:
    words = Words("\n\n".join(f"Alinea {number} {'met tekst ' * 15}" for number in range(20)), "", "Slot.")
    data, pdf = letter_of("reserve", words)
    spoken = check_order(data, pdf)
    assert len(spoken.document.pages) > 1
    assert "1 / 2" not in spoken.text, "a number of a page is no part of the letter"
    assert spoken.text.count(data["reference"]) == 1, "what stands under every page is not heard"


LONG = "De jury waardeert dat de organisatie mensen thuis opzoekt en dat met voorbeelden laat zien. " * 5
NAME = f"Vzw {'buurtwerk, huisbezoeken en arbeidszorg ' * 4}"[:149] + "n"


@pytest.mark.parametrize("outcome", PROPOSED)
def test_three_pages_for_a_very_long_name_are_heard_in_order(app: object, outcome: str) -> None:
    _, pdf = check_long(outcome)
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) >= 3


def test_a_later_decision_says_what_it_replaces_before_its_reasons(app: object) -> None:
    data, pdf = check_long("selected", number=2)
    heard = Spoken(pdf).text
    assert heard.index(IN_THE_PLACE_OF) < heard.index("Waarom") and data["sections"][0]["heading"] in heard


def check_long(outcome: str, number: int = 1) -> tuple[LetterData, bytes]:
    world = build(1)
    with transaction():
        db.session.get_one(Organisation, world.organisations[0].id).name = NAME
    propose_all(world, (outcome,))
    call = load_call(world.call.id, clock.read())
    reasons = "\n\n".join([LONG] * 12) + "\n\nOpmerkingen:\n- Sterk team.\n- Krappe planning."
    row = decisions_of(call.id)[0]._replace(motivation=reasons, number=number)
    data = decision_letters(call, [row], local_day(clock.read()))[row.id]
    pdf = letter_pdf(data)
    check_order(data, pdf)
    return data, pdf


def test_remarks_are_a_list_and_stay_one_after_the_other(app: object) -> None:
    _, pdf = check_long("reserve")
    spoken = Spoken(pdf)
    assert [tag for tag, _ in spoken.parts].count("/L") == 2, "the remarks and the contact"
    assert "- Sterk team." not in spoken.text and "Sterk team." in spoken.text


def test_a_word_wider_than_the_page_breaks(app: object) -> None:
    data, _ = letter_of("reserve")
    wide = "zorgcoordinatie" * 10
    data["recipient"][0] = data["sections"][0]["paragraphs"][0][0] = wide
    page = pdfplumber.open(io.BytesIO(letter_pdf(data))).pages[0]
    assert max(one["x1"] for one in page.chars) <= page.width - 24 / 25.4 * 72


@pytest.mark.parametrize("outcome", RulingOutcome)
def test_the_letter_about_an_objection_is_heard_in_order(app: object, outcome: str) -> None:
    world = build(1)
    with transaction():
        db.session.get_one(Organisation, world.organisations[0].id).name = NAME
    tell_all(world, ("not_selected",))
    one = submit(world.proposals[0].id, text(), by=make.actor(world.owners[0]))
    call, reasons = load_call(world.call.id, clock.read()), "\n\n".join([LONG] * 12)
    wanted = ProposedRuling(outcome, reasons, (world.regisseur.id, world.jurors[0].id))
    data = ruling_letter(call, filed_objection(one), wanted, frozenset({world.jurors[0].id}), clock.read())
    pdf = letter_pdf(data)
    assert len(check_order(data, pdf).document.pages) >= 3


def test_headings_are_headings_and_the_contact_is_a_list(app: object) -> None:
    data, pdf = letter_of("selected")
    spoken = Spoken(pdf)
    headings = [*(one["heading"] for one in data["sections"]), "Vragen?"]
    assert spoken.headings() == [("/H1", _flat(data["subject"])), *(("/H2", one) for one in headings)]
    tags = [tag for tag, _ in spoken.parts]
    assert tags.count("/L") == 1 and tags.count("/LI") == len(data["contact"])
    assert "/Table" not in tags, "who writes to whom is no table to a screen reader"


def test_the_file_says_what_it_is(app: object) -> None:
    data, pdf = letter_of("not_selected")
    document = pikepdf.open(io.BytesIO(pdf))
    assert str(document.Root.Lang).lower() == "nl-be"
    assert document.Root.MarkInfo.Marked and document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1" and metadata["dc:title"] == data["subject"]


def test_the_reasons_are_heard_as_they_were_written(app: object) -> None:
    _, pdf = letter_of("reserve")
    assert _flat(REASONS.format(name="Vzw De Brug A")) in Spoken(pdf).text
