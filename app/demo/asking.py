"""Questions that organisations asked in the demo, and the answers that were published in rounds."""

from collections.abc import Iterator
from datetime import date, time
from functools import partial
from typing import Any

from sqlalchemy import select

from app.demo.calls import at_work, on_day
from app.demo.cast import data
from app.demo.ledger import Act, Cast
from app.infra.database import db
from app.questions.models import Question
from app.questions.services import AnswerText, ask, publish_answers, ready, save_answer, seal_of


def asking_acts(key: str, cast: Cast, today: date) -> Iterator[Act]:
    """Each question when it was asked; the answers of one day together."""
    rows = [row for row in data("questions") if row["call"] == key]
    for place, row in enumerate(rows):
        yield Act(on_day(today, row["asked"], time(10 + place % 6, 17)), partial(_ask, row, cast))
    for day in sorted({row["answered"] for row in rows if row["answered"] is not None}):
        answers = [row for row in rows if row["answered"] == day]
        yield Act(at_work(today, day, time(16, 5)), partial(_answer, key, answers, rows, cast))


def _ask(row: dict[str, Any], cast: Cast) -> None:
    ask(cast.calls[row["call"]].id, row["text"], by=cast.owner_of(row["asker"]))


def _answer(key: str, answers: list[dict[str, Any]], rows: list[dict[str, Any]], cast: Cast) -> None:
    call_id, by = cast.calls[key].id, cast.acting("regisseur")
    for row in answers:
        same = row.get("same")
        wanted = AnswerText(
            row.get("public", ""),
            row.get("answer", ""),
            _id(call_id, rows[same]["text"]) if same is not None else None,
        )
        save_answer(_id(call_id, row["text"]), call_id, wanted, seen=1, by=by)
    publish_answers(call_id, seen=seal_of(ready(call_id)), by=by)


def _id(call_id: int, text: str) -> int:
    return int(
        db.session.execute(
            select(Question.id).where(Question.addendum_id == call_id, Question.text == text)
        ).scalar_one()
    )
