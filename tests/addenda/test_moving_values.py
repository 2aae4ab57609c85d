"""Lines of the document become a value: a title, an address to submit to, a day of the timeline."""

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.reviewing.imports import create_draft
from app.addenda.reviewing.places import Atlas
from app.infra.database import db
from tests import factories as make
from tests.addenda.helpers import make_area
from tests.addenda.helpers import source as corpus
from tests.addenda.review_helpers import looked, move

EXTRA = (
    "Zo heet deze oproep voortaan",
    "Mail je dossier naar dossiers@regio.example, graag tijdig.",
    "Of laad op via www.regio.example/indienen.",
    "Dat mag tot en met 12 mei 2023.",
    "Alles moet binnen zijn op 30 juni 2023 om 12u30.",
    "We lezen van 3 tot en met 7 juli 2023.",
    "Dit is een gewone zin.",
)


def began(client: FlaskClient) -> tuple[int, int]:
    """(draft, number of the first of the extra lines)."""
    region, regisseur = make_area()
    text = f"{corpus().rstrip()}\n\n" + "\n".join(EXTRA) + "\n"
    draft = create_draft(region.id, by=make.actor(regisseur), text=text, source_name="addendum.txt")
    client.sign_in(regisseur)
    return draft, len(text.rstrip("\n").split("\n")) - len(EXTRA) + 1


@pytest.mark.parametrize(
    ("line", "to", "section", "name", "value", "place"),
    [
        (0, "value@title", "basics", "title", EXTRA[0], "title"),
        (0, "value@programme", "basics", "programme", EXTRA[0], "programme"),
        (1, "value@submission_email", "basics", "submission_email", "dossiers@regio.example", "submission"),
        (
            2,
            "value@submission_url",
            "basics",
            "submission_url",
            "https://www.regio.example/indienen",
            "submission",
        ),
        (3, "date@questions_until", "dates", "questions_until", date(2023, 5, 12), "questions_until"),
        (4, "date@launch", "dates", "launch", date(2023, 6, 30), "launch"),
        (4, "date@deadline", "dates", "deadline", datetime(2023, 6, 30, 12, 30), "deadline"),
        (5, "date@written_from", "dates", "written_from", date(2023, 7, 3), "written_from"),
        (5, "date@written_from", "dates", "written_until", date(2023, 7, 7), "written_from"),
        (4, "date@decision_before", "dates", "decision_before", date(2023, 6, 30), "decision_before"),
    ],
)
def test_a_line_becomes_a_value(
    client: FlaskClient, line: int, to: str, section: str, name: str, value: object, place: str
) -> None:
    draft, first = began(client)
    assert to in client.get(f"/oproepen/{draft}/bron").text
    assert move(client, draft, [first + line], to).status_code == 302
    addendum, report, atlas = looked(draft)
    assert getattr(getattr(read_draft(addendum), section), name) == value
    assert first + line in atlas.items(report.places)[place]


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("date@launch", "geen volledige datum"),
        ("value@submission_email", "geen e-mailadres"),
        ("value@submission_url", "geen webadres"),
    ],
)
def test_a_line_without_such_a_value_is_refused(client: FlaskClient, to: str, said: str) -> None:
    draft, first = began(client)
    before = Atlas(read_draft(load_addendum(draft))).draft
    answer = move(client, draft, [first + 6], to)
    assert answer.status_code == 422 and said in answer.text
    db.session.rollback()
    assert read_draft(load_addendum(draft)) == before


def test_lines_that_are_too_long_for_a_title_are_refused(client: FlaskClient) -> None:
    draft, first = began(client)
    answer = move(client, draft, [first + one for one in range(7)], "value@title")
    assert answer.status_code == 422 and "hoogstens 200 tekens" in answer.text
