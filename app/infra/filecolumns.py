"""What every row about a stored file says of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column


class FileColumns:
    """For a model: its bytes lie encrypted in the storage under `object_key`; `sha256` and `size` (bytes) are
    of the file itself, `kind` is a `filekinds.Kind`. The name is encrypted under a place of its own."""

    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    object_key: Mapped[str] = mapped_column(String(100), unique=True)
    scanned: Mapped[bool] = mapped_column(default=False)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return (
            CheckConstraint("size >= 0", name="size_positive"),
            CheckConstraint("length(sha256) = 64", name="sha256_length"),
        )
