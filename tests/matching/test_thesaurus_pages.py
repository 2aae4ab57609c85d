"""The administrator keeps the thesaurus: finds, changes, takes out, puts back and tries out."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.infra.database import db
from app.matching.models import ThesaurusChange
from app.matching.vocabulary import services
from app.matching.vocabulary.services import ConceptDraft
from app.matching.vocabulary.store import file_concepts, version, vocabulary
from tests import factories as make
from tests.counting import queries

ROOT = "/beheer/thesaurus"
NEW = {
    "name": "Ruilkast",
    "domain": "Basale ADL",
    "words": "ruilkast\nboekenruilkast",
    "field": "weggeven",
    "broader": "",
    "related": "Schulden",
    "helps": "",
    "note": "Een kast waar mensen spullen ruilen.",
    "reason": "Bestaat in elke gemeente.",
}
SPARE = ConceptDraft("Ruilkast", words=("ruilkast",), related=("Schulden",), note="Een kast.")


@pytest.fixture
def keeper(app: Flask, client: FlaskClient) -> FlaskClient:
    client.sign_in(make.make_user("Ada Beheer", administrator=True))
    return client


def typed(page: str) -> dict[str, str]:
    """What stands in the form of the page."""
    found = dict(re.findall(r'<input[^>]*name="(version|name)"[^>]*value="([^"]*)"', page))
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*(.*?)</textarea>', page, re.S):
        found[name] = text.replace("&#39;", "'").strip()
    found["domain"] = "".join(re.findall(r'<option selected value="([^"]*)"', page))
    return found


def rows() -> list[ThesaurusChange]:
    return list(db.session.scalars(select(ThesaurusChange).order_by(ThesaurusChange.id)))


def administrator() -> services.Actor:
    return make.actor(make.make_user("Ada Beheer", administrator=True))


def test_concepts_are_found_by_word_and_by_domain(keeper: FlaskClient) -> None:
    page = keeper.get(f"{ROOT}?q=budgetbeheer").text
    assert "Budget" in page and "Rijbewijs" not in page
    page = keeper.get(f"{ROOT}?domein=Huisvesting").text
    assert "Huisvesting</td>" in page and ">Justitie</td>" not in page
    assert "Geen begrip gevonden" in keeper.get(f"{ROOT}?q=qqqq").text
    assert keeper.get(f"{ROOT}?pagina=9999").status_code == 200


def test_a_new_concept_counts_at_once_and_is_logged(keeper: FlaskClient) -> None:
    before = version()
    answer = keeper.post(f"{ROOT}/nieuw", data=NEW)
    assert answer.status_code == 302 and answer.location.endswith("/begrip/ruilkast")
    one = vocabulary().thesaurus.concepts["ruilkast"]
    assert one.words == ("ruilkast", "boekenruilkast") and one.related == ("schulden",)
    assert version().change > before.change
    page = keeper.get(answer.location).text
    assert "Bestaat in elke gemeente." in page and "Ada Beheer" in page and "Toegevoegd" in page
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "thesaurus.added")).one()
    assert entry.details["concept"] == "ruilkast"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "", "Geef het begrip een naam"),
        ("name", "schulden", "Er is al een begrip"),
        ("words", "", "minstens één woord"),
        ("words", "Hulp", "bijna elk aanbod"),
        ("words", "ruilkast\nRuilkast", "twee keer"),
        ("words", "x" * 81, "te lang"),
        ("note", "", "Leg in één zin uit"),
        ("related", "", "minstens één ander"),
        ("related", "Bestaat niet", "Bestaat niet is geen begrip"),
        ("related", "Schulden\nschulden", "twee keer"),
        ("reason", "", "Zeg waarom"),
        ("reason", "x" * 501, "te lang"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    keeper: FlaskClient, field: str, text: str, said: str
) -> None:
    page = keeper.post(f"{ROOT}/nieuw", data=NEW | {field: text})
    assert page.status_code == 422 and said in page.text
    kept = typed(page.text)
    assert all(kept[one] == NEW[one] for one in ("note", "reason", "words") if one != field)
    assert rows() == []


def test_no_concept_becomes_broader_than_itself(app: Flask) -> None:
    by = administrator()
    services.add_concept(SPARE, "nodig", by=by)
    services.add_concept(
        ConceptDraft("Kast", words=("kast",), broader=("Ruilkast",), note="."), "nodig", by=by
    )
    seen = rows()[0].id
    with pytest.raises(services.Refused) as refused:
        services.edit_concept(
            "ruilkast", seen, ConceptDraft("Ruilkast", words=("x",), broader=("Kast",), note="."), "om", by=by
        )
    assert refused.value.code == "concept_circle"


def test_help_helps_against_problems_only(app: Flask) -> None:
    help_id = next(id for id, one in file_concepts().items() if one.helps)
    with pytest.raises(services.Refused) as refused:
        services.add_concept(
            ConceptDraft("Ruilkast", words=("ruilkast",), helps=(help_id,), note="."),
            "om",
            by=administrator(),
        )
    assert refused.value.code == "concept_helps_help"


def test_every_concept_of_the_file_may_be_saved_as_it_stands(app: Flask) -> None:
    known = services.standing()
    wrong = {id: [e.code for e in services.problems(one, known)] for id, one in known.items()}
    assert {id: codes for id, codes in wrong.items() if codes} == {}


def test_who_was_earlier_is_shown_beside_what_was_typed(keeper: FlaskClient) -> None:
    address = f"{ROOT}/begrip/schulden/bewerken"
    first, second = typed(keeper.get(address).text), typed(keeper.get(address).text)
    assert keeper.post(address, data=first | {"note": "Van de eerste.", "reason": "om"}).status_code == 302
    late = keeper.post(address, data=second | {"note": "Van de tweede.", "reason": "om"})
    assert late.status_code == 409
    assert "Van de eerste." in late.text and "Van de tweede." in late.text
    again = keeper.post(address, data=typed(late.text))
    assert again.status_code == 302
    assert vocabulary().thesaurus.concepts["schulden"].note == "Van de tweede."


def test_saving_without_a_difference_makes_no_change(keeper: FlaskClient) -> None:
    address = f"{ROOT}/begrip/schulden/bewerken"
    keeper.post(address, data=typed(keeper.get(address).text) | {"reason": "om"})
    assert rows() == []


def test_taken_out_is_gone_with_the_links_to_it_and_can_be_put_back(keeper: FlaskClient) -> None:
    keeper.post(f"{ROOT}/nieuw", data=NEW)
    keeper.post(
        f"{ROOT}/nieuw", data=NEW | {"name": "Weggeefkast", "words": "weggeefkast", "broader": "Ruilkast"}
    )
    address = f"{ROOT}/begrip/ruilkast"
    assert "Weggeefkast" in keeper.get(f"{address}/wegnemen").text
    form = typed(keeper.get(f"{address}/wegnemen").text)
    assert keeper.post(f"{address}/wegnemen", data=form | {"reason": ""}).status_code == 422
    assert keeper.post(f"{address}/wegnemen", data=form | {"reason": "Dubbel."}).status_code == 302
    known = vocabulary().thesaurus.concepts
    assert "ruilkast" not in known and known["weggeefkast"].broader == ()
    assert "weggenomen" in keeper.get(address).text
    assert (
        "Ruilkast" in keeper.get(f"{ROOT}?toon=weggenomen").text
        or "ruilkast" in keeper.get(f"{ROOT}?toon=weggenomen").text
    )
    back = f"{address}/bewerken?terug={rows()[0].id}"
    page = keeper.get(back)
    assert typed(page.text)["name"] == "Ruilkast"
    assert keeper.post(back, data=typed(page.text)).status_code == 302
    assert vocabulary().thesaurus.concepts["ruilkast"].note == NEW["note"]


def test_an_edit_can_be_tried_before_it_is_saved(keeper: FlaskClient) -> None:
    address = f"{ROOT}/begrip/schulden/bewerken"
    form = typed(keeper.get(address).text)
    form |= {"words": form["words"] + "\nzwabberlast", "probeer": "1", "need": "Zwabberlast"}
    page = keeper.post(address, data=form | {"offer": "Budgetbegeleiding voor gezinnen met schulden"})
    assert page.status_code == 200 and rows() == []
    now, then = re.findall(r"<strong>([^<]+)</strong>, (\d+) op 100", page.text)
    assert now[0] == "Geen match" and then[0] != "Geen match" and int(then[1]) > int(now[1])
    assert typed(page.text)["words"].endswith("zwabberlast")
    assert "Vul dit in om te proberen" in keeper.post(address, data=form | {"offer": ""}).text


def test_the_thesaurus_is_tried_beside_what_it_was(keeper: FlaskClient) -> None:
    keeper.post(f"{ROOT}/nieuw", data=NEW | {"words": "ruilkast\nplugh", "helps": "Schulden", "related": ""})
    change = rows()[0].id
    texts = {"need": "Schulden", "offer": "Wij bieden plugh aan."}
    for beside in ("bestand", str(change)):
        page = keeper.post(f"{ROOT}/uitproberen?zonder={change}", data=texts | {"beside": beside}).text
        now, then = re.findall(r"<strong>([^<]+)</strong>, (\d+) op 100", page)
        assert int(now[1]) > int(then[1])
    alone = keeper.post(f"{ROOT}/uitproberen", data=texts | {"beside": ""}).text
    assert alone.count("op 100") == 1 and "Ruilkast" in alone
    assert keeper.post(f"{ROOT}/uitproberen", data=texts | {"need": " ", "beside": ""}).status_code == 422
    long = keeper.post(f"{ROOT}/uitproberen", data=texts | {"offer": "a " * 40_000, "beside": ""})
    assert long.status_code == 422 and "te lang" in long.text
    assert keeper.get(f"{ROOT}/uitproberen?zonder=99999999999999999999").status_code == 404


def test_the_history_says_who_when_what_and_why(keeper: FlaskClient) -> None:
    assert "Nog niets veranderd" in keeper.get(f"{ROOT}/geschiedenis").text
    address = f"{ROOT}/begrip/schulden/bewerken"
    form = typed(keeper.get(address).text)
    keeper.post(address, data=form | {"words": form["words"] + "\npof", "reason": "Zo zegt men het."})
    page = keeper.get(f"{ROOT}/geschiedenis").text
    assert "erbij: pof" in page and "Zo zegt men het." in page and "Ada Beheer" in page
    own = keeper.get(f"{ROOT}/begrip/schulden").text
    assert "Anders dan met de toepassing kwam" in own and "Terug naar wat met de toepassing kwam" in own


@pytest.mark.parametrize("number", [str(10**19), "9" * 5000, "-1", "٣"])
def test_a_number_of_no_change_or_page_does_no_harm(keeper: FlaskClient, number: str) -> None:
    keeper.post(f"{ROOT}/nieuw", data=NEW)
    assert "Ruilkast" in keeper.get(f"{ROOT}/geschiedenis?pagina={number}").text
    texts = {"need": "Schulden", "offer": "Wij bieden hulp.", "beside": number}
    assert keeper.post(f"{ROOT}/uitproberen", data=texts).status_code in (404, 422)


def test_what_never_was_is_not_found(keeper: FlaskClient) -> None:
    for path in ("", "/bewerken", "/wegnemen", "/bewerken?terug=5", "/bewerken?terug=0"):
        assert keeper.get(f"{ROOT}/begrip/bestaat-niet{path}").status_code == 404
    assert keeper.get(f"{ROOT}/begrip/schulden/bewerken?terug=99999999999999999999").status_code == 404
    assert keeper.post(f"{ROOT}/begrip/bestaat-niet/bewerken", data=NEW).status_code == 404


def test_only_administrators_come_here(app: Flask, client: FlaskClient) -> None:
    regisseur = make.make_regisseur(make.make_region())
    paths = ("", "/nieuw", "/geschiedenis", "/uitproberen", "/begrip/schulden", "/begrip/schulden/bewerken")
    for path in paths:
        assert client.get(ROOT + path).status_code in (302, 401)
    client.sign_in(regisseur)
    for path in paths:
        assert client.get(ROOT + path).status_code in (403, 404)
    with pytest.raises(services.DomainError):
        services.add_concept(SPARE, "om", by=make.actor(regisseur))
    assert rows() == []


def test_the_pages_need_the_same_queries_for_any_number_of_changes(keeper: FlaskClient) -> None:
    by = administrator()
    counts: dict[str, set[int]] = {"": set(), "/geschiedenis": set(), "/begrip/ruilkast-1": set()}
    done = 0
    for number in (1, 3, 30):
        for count in range(done, number):
            name = f"Ruilkast {count + 1}"
            draft = ConceptDraft(name, words=(name,), related=("Schulden",), note="Een kast.")
            services.add_concept(draft, "nodig", by=by)
        done = number
        for path, seen_counts in counts.items():
            with queries() as seen:
                assert keeper.get(ROOT + path).status_code == 200
            seen_counts.add(len(seen))
    assert {path: len(found) for path, found in counts.items()} == dict.fromkeys(counts, 1)
    assert keeper.get(f"{ROOT}/geschiedenis?pagina=2").status_code == 200
    assert keeper.get(f"{ROOT}/geschiedenis?pagina=99").status_code == 200
