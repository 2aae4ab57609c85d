"""A whole draft into its rows, under the ids it names: for a document, the first one or a newer one."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import update

from app.addenda.drafting.drafts import read_section, stored_dates
from app.addenda.drafting.sections import ChallengeText, Draft, Part, Section
from app.addenda.drafting.writing import put_dates, write_section
from app.addenda.models import Addendum, Challenge, Goal, Obstacle, Persona
from app.infra.database import db

_OUT_OF_THE_WAY = 10_000


@dataclass
class Ids:
    """From the keys that had no row to the ids they got."""

    personas: dict[int, int] = field(default_factory=dict)
    challenges: dict[int, int] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)  # "obstacle:new-3" -> "obstacle:12"

    def place(self, at: str) -> str:
        """A place by its stored id: "introduction:-1" -> "introduction:4"."""
        kind, _, key = at.partition(":")
        known = {"persona": self.personas, "challenge": self.challenges, "introduction": self.challenges}
        if kind in known and key:
            return f"{kind}:{known[kind].get(int(key), int(key))}"
        return self.rows.get(at, at)


def fill(addendum: Addendum, draft: Draft) -> Ids:
    """Make the rows hold this draft, inside a transaction; what it does not name is removed. Criteria and
    thresholds are left as they are."""
    ids = Ids()
    _fill_personas(addendum, draft, ids)
    _relocate(addendum, draft)
    _fill_challenges(addendum, draft, ids)
    _write(addendum, Part("basics"), draft.basics)
    _write(addendum, Part("analysis"), draft.analysis)
    if stored_dates(addendum) != draft.dates:
        put_dates(addendum, draft.dates)
    db.session.flush()
    db.session.expire(addendum)
    return ids


def _write(addendum: Addendum, part: Part, wanted: Section) -> None:
    """Rows of a section that says the same are left alone."""
    if read_section(addendum, part) != wanted:
        write_section(addendum, part, wanted)


def _fill_personas(addendum: Addendum, draft: Draft, ids: Ids) -> None:
    stored = {one.id: one for one in addendum.personas}
    gone = [row for key, row in stored.items() if key not in draft.personas]
    for row in gone:
        for challenge in addendum.challenges:
            if row in challenge.personas:
                challenge.personas.remove(row)
        addendum.personas.remove(row)
    for place, (key, text) in enumerate(draft.personas.items()):
        row = stored.get(key) or Persona(name=text.name, portrait=text.portrait)
        if key not in stored:
            addendum.personas.append(row)
        row.position = place
        db.session.flush()
        ids.personas[key] = row.id
        _write(addendum, Part("persona", str(row.id)), text)


def _relocate(addendum: Addendum, draft: Draft) -> None:
    """Rows that stand in another challenge now go there first, with their ids."""
    for model, name in ((Obstacle, "obstacles"), (Goal, "goals")):
        at: dict[str, int] = {
            str(row.id): challenge.id for challenge in addendum.challenges for row in getattr(challenge, name)
        }
        for challenge_id, (_, text) in draft.challenges.items():
            here = [one.key for one in getattr(text, name)]
            moved = [int(key) for key in here if key in at and at[key] != challenge_id]
            if moved and challenge_id > 0:
                move_rows(addendum, model, moved, challenge_id)


def move_rows(addendum: Addendum, model: type[Any], rows: Iterable[int], challenge_id: int) -> None:
    """Put obstacles or goals in another challenge of the same call; links of goals do not cross."""
    db.session.flush()
    for row in db.session.scalars(db.select(model).where(model.id.in_(rows))):
        if isinstance(row, Goal):
            row.obstacles = []
        else:
            for goal in [one for challenge in addendum.challenges for one in challenge.goals]:
                if row in goal.obstacles:
                    goal.obstacles.remove(row)
    db.session.flush()
    db.session.execute(update(model).where(model.id.in_(rows)).values(challenge_id=challenge_id))
    for challenge in addendum.challenges:
        db.session.expire(challenge)


def _fill_challenges(addendum: Addendum, draft: Draft, ids: Ids) -> None:
    stored = {one.id: one for one in addendum.challenges}
    new = [key for key in draft.challenges if key not in stored]
    for place, key in enumerate(new, start=1):
        row = Challenge(number=_OUT_OF_THE_WAY + place)
        addendum.challenges.append(row)
        db.session.flush()
        stored[key] = row
    _relocate_to_new(addendum, draft, {key: stored[key].id for key in new})
    for key, row in list(stored.items()):
        if key not in draft.challenges:
            addendum.challenges.remove(row)
    db.session.flush()
    _renumber([stored[key] for key in draft.challenges])
    for key, (_, text) in draft.challenges.items():
        ids.challenges[key] = stored[key].id
        _fill_challenge(addendum, stored[key], text, ids)


def _relocate_to_new(addendum: Addendum, draft: Draft, new: dict[int, int]) -> None:
    if new:
        named = {challenge_id: draft.challenges[key] for key, challenge_id in new.items()}
        _relocate(addendum, replace(draft, challenges=named))


def _renumber(rows: list[Challenge]) -> None:
    """In two steps: a number is taken only once."""
    if [one.number for one in rows] == list(range(1, len(rows) + 1)):
        return
    for offset in (2 * _OUT_OF_THE_WAY, 0):
        for number, row in enumerate(rows, start=1):
            row.number = offset + number
        db.session.flush()


def _fill_challenge(addendum: Addendum, row: Challenge, text: ChallengeText, ids: Ids) -> None:
    wanted = replace(text, personas=tuple(sorted(ids.personas[key] for key in text.personas)))
    _write(addendum, Part("challenge", str(row.id)), wanted)
    db.session.flush()
    for one, obstacle in zip(wanted.obstacles, row.obstacles, strict=True):
        ids.rows[f"obstacle:{one.key}"] = f"obstacle:{obstacle.id}"
    for aim, goal in zip(wanted.goals, row.goals, strict=True):
        ids.rows[f"goal:{aim.key}"] = f"goal:{goal.id}"
