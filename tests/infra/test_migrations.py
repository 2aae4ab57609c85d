"""The road from one shape of the database to the next, with rows in it, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import JSON, column, create_engine, make_url, select, text
from sqlalchemy import table as make_table

from app import create_app
from app.infra.database import db
from app.proposals.seal.sealing import contents
from app.proposals.writing.drafts import working_content
from config import Settings
from tests.secrets import SECRETS

MIGRATIONS = str(Path(__file__).parents[2] / "migrations")
ROWS = """
INSERT INTO service_area (id, name, reference_region, created_at, version)
    VALUES (1, 'Regio', '', '2026-01-01 00:00:00', 1);
INSERT INTO addendum (id, service_area_id, title, programme, ambition, local_input, objection_days,
    submission_email, submission_url, minimum_total, written_share, cost_requested, source_name, source_text,
    import_report, created_at, version)
    VALUES (7, 1, 'Addendum', '', '', '', 14, '', '', 60, 50, true, '', '', '{}', '2026-01-01 00:00:00', 1);
INSERT INTO persona (id, addendum_id, position, name, story, strengths, life_domains, portrait, portrait_alt)
    VALUES (3, 7, 0, 'Nora', '', '[]', '["Verslaving", "Huisvesting"]', 1, '');
INSERT INTO challenge (id, addendum_id, number, introduction) VALUES (4, 7, 1, '');
INSERT INTO challenge_persona (challenge_id, persona_id) VALUES (4, 3);
INSERT INTO obstacle (id, challenge_id, position, label, life_domain)
    VALUES (5, 4, 0, 'Geen vervoer', 'Vaardigheden in het dagelijks leven'), (6, 4, 1, 'Geen huis', ''),
           (8, 4, 2, 'Schulden', 'Financiën');
INSERT INTO goal (id, challenge_id, position, text) VALUES (9, 4, 0, 'mobiel zijn');
INSERT INTO goal_obstacle (goal_id, obstacle_id) VALUES (9, 5);
"""

APPLIED = """
INSERT INTO user_account (id, email, name, active, administrator, fs_uniquifier, created_at)
    VALUES (2, 'mia@voorbeeld.be', 'Mia', true, false, 'x', '2026-01-01 00:00:00');
INSERT INTO organisation (id, enterprise_number, name, legal_form, local_authority, street, postal_code, city,
    website, email, phone, about, target_groups, languages, life_domains, created_at, version)
    VALUES (11, '0428315871', 'De Brug', 'vzw', false, '', '', '', '', '', '', '', '[]', '[]', '[]',
        '2026-01-01 00:00:00', 1);
INSERT INTO proposal (id, addendum_id, organisation_id, summary, expectations, coordinator, references_text,
    truthful, no_client_data, created_by_id, created_at, updated_at, version)
    VALUES (12, 7, 11, 'Wij staan ernaast.', '{"tailored": "Op maat."}', false, '', true, true, 2,
        '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1);
INSERT INTO answer (proposal_id, obstacle_id, approach, expertise, reach, version)
    VALUES (12, 5, 'Een deelauto.', '', '', 1);
INSERT INTO submission (id, proposal_id, addendum_id, receipt_number, revision, submitted_at, submitted_by_id,
    content, content_sha256, idempotency_key, withdrawal_reason)
    VALUES (13, 12, 7, 'KBV-2026-7GK2QX', 1, '2026-01-02 00:00:00', 2,
        '{"challenges": [{"obstacles": [{"id": 5, "approach": "Een deelauto."}]}]}',
        '0000000000000000000000000000000000000000000000000000000000000000', 'k', '');
INSERT INTO claim (submission_id, obstacle_id) VALUES (13, 5);
"""


@pytest.fixture
def at_first(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on its own database, in the shape of 0001, with a small call in it."""
    url = f"sqlite:///{tmp_path / 'road.sqlite3'}"
    own = make_url(database_url)
    if own.get_backend_name() == "postgresql":
        own = own.set(database=f"{own.database}_road")
        with create_engine(database_url, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{own.database}"'))
            connection.execute(text(f'CREATE DATABASE "{own.database}"'))
        url = own.render_as_string(hide_password=False)
    app = create_app(Settings(**SECRETS, database_url=url))
    with app.app_context():
        upgrade(MIGRATIONS, "0001")
        with db.engine.begin() as connection:
            for statement in (ROWS + APPLIED).split(";\n"):
                if statement.strip():
                    connection.execute(text(statement.replace(":", "\\:")))
        yield app
        db.session.remove()
        db.engine.dispose()


def rows(statement: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def domains(table: str, row_id: int) -> list[str]:
    """Read as the application reads it, whatever the database keeps JSON as."""
    found = make_table(table, column("id"), column("life_domains", JSON))
    with db.engine.connect() as connection:
        return list(connection.execute(select(found.c.life_domains).where(found.c.id == row_id)).scalar_one())


def test_the_life_domains_get_their_published_names_and_nothing_else_moves(at_first: Flask) -> None:
    upgrade(MIGRATIONS)
    assert domains("obstacle", 5) == ["Instrumentele ADL"]
    assert domains("obstacle", 6) == []
    assert domains("obstacle", 8) == ["Financiën"]
    assert domains("persona", 3) == ["Middelengebruik", "Huisvesting"]
    assert rows("SELECT goal_id, obstacle_id FROM goal_obstacle") == [(9, 5)]
    assert rows("SELECT challenge_id, persona_id FROM challenge_persona") == [(4, 3)]


def test_the_way_back_keeps_every_row(at_first: Flask) -> None:
    upgrade(MIGRATIONS)
    downgrade(MIGRATIONS, "0001")
    assert rows("SELECT id, life_domain FROM obstacle ORDER BY id") == [
        (5, "Vaardigheden in het dagelijks leven"),
        (6, ""),
        (8, "Financiën"),
    ]
    assert domains("persona", 3) == ["Verslaving", "Huisvesting"]
    assert rows("SELECT goal_id, obstacle_id FROM goal_obstacle") == [(9, 5)]
    assert rows("SELECT id, title FROM addendum") == [(7, "Addendum")]
    upgrade(MIGRATIONS)
    assert domains("obstacle", 5) == ["Instrumentele ADL"]


def test_what_was_written_and_handed_in_becomes_unreadable_for_the_database(at_first: Flask) -> None:
    upgrade(MIGRATIONS)
    assert rows("SELECT * FROM claim") == []
    stored = rows(
        "SELECT p.summary, p.expectations, a.approach, s.sealed_content, a.reach FROM proposal p "
        "JOIN answer a ON a.proposal_id = p.id JOIN submission s ON s.proposal_id = p.id"
    )[0]
    assert not any(word in str(part) for part in stored for word in ("ernaast", "maat", "deelauto"))
    assert stored[-1] == ""
    content = working_content(12)
    assert content["summary"] == "Wij staan ernaast." and content["expectations"]["tailored"] == "Op maat."
    assert content["challenges"][0]["obstacles"][0]["approach"] == "Een deelauto."
    assert "deelauto" in contents([13], {11})[13]


def test_the_way_back_makes_it_readable_again(at_first: Flask) -> None:
    upgrade(MIGRATIONS)
    db.session.rollback()
    downgrade(MIGRATIONS, "0002")
    assert rows("SELECT submission_id, obstacle_id FROM claim") == [(13, 5)]
    assert rows("SELECT approach FROM answer") == [("Een deelauto.",)]
    found = rows("SELECT p.summary, s.content FROM proposal p JOIN submission s ON s.proposal_id = p.id")
    assert found[0][0] == "Wij staan ernaast." and "deelauto" in str(found[0][1])
