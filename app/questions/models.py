"""A question and its answer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class Question(db.Model):  # type: ignore[name-defined]
    """`text` is what was asked, `public_text` what everybody reads (so that it names nobody).

    A visitor without an account asks with an address, confirmed by the link that carries `key`; only
    confirmed questions reach the regisseur. Answers appear together, at `published_at`. A question
    that says the same as another is answered there (`same_as_id`).
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    public_text: Mapped[str] = mapped_column(Text, default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    email: Mapped[str] = mapped_column(String(254), default="")
    key: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("asked_by_id IS NOT NULL OR email <> ''", name="has_asker"),
        CheckConstraint(
            "published_at IS NULL OR (answer <> '' AND public_text <> '') OR same_as_id IS NOT NULL",
            name="published_has_answer",
        ),
        CheckConstraint("same_as_id IS NULL OR same_as_id <> id", name="same_as_another"),
    )
