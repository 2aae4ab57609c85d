"""Rows of the database as plain JSON: every column by its name, instants as ISO in UTC, amounts as text."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Column, select

from app.dossiers.collecting.source import Source
from app.dossiers.collecting.sources import SOURCES
from app.infra.database import db

Row = dict[str, Any]
Files = dict[tuple[str, str], dict[str, list[Row]]]
"""{(path without extension, kind): {table: rows}}."""
PEOPLE, ORGANISATIONS = "user_account", "organisation"


def read_rows(addendum_id: int, standing: Collection[int]) -> Files:
    """Everything that the sources have of a call. What is divided by proposal only of the `standing` ones:
    a draft, and what was withdrawn, stays unknown. As many queries as there are sources."""
    found: Files = {}
    for source in SOURCES:
        for group, row in _rows(source, addendum_id):
            if _is_by_proposal(source) and group not in standing:
                continue
            path = source.path.replace("{group}", str(group))
            found.setdefault((path, source.kind), {}).setdefault(source.table.name, []).append(row)
    return found


def _is_by_proposal(source: Source) -> bool:
    return source.group is not None and source.group.key == "proposal_id"


def _rows(source: Source, addendum_id: int) -> list[tuple[Any, Row]]:
    columns = [one for one in _columns(source) if one.name not in source.without]
    group = [] if source.group is None else [source.group.label("group")]
    statement = select(*columns, *group).select_from(source.table)
    for table, condition in source.through:
        statement = statement.join(table, condition)
    statement = statement.where(source.of == addendum_id, *source.only)
    keys = list(source.table.primary_key.columns)
    names = [one.name for one in columns]
    return [
        (row[-1] if group else None, {name: plain(value) for name, value in zip(names, row, strict=False)})
        for row in db.session.execute(statement.order_by(*keys))
    ]


def _columns(source: Source) -> list[Column[Any]]:
    return list(source.table.columns)


def plain(value: Any) -> Any:
    """A value of a column as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, Enum) else value


def _names_of(target: str) -> frozenset[str]:
    """The columns of all sources that point at a table."""
    return frozenset(
        column.name
        for source in SOURCES
        for column in source.table.columns
        for key in column.foreign_keys
        if key.column.table.name == target
    )


PERSON_COLUMNS = _names_of(PEOPLE) | {"present", "actor_id"}
ORGANISATION_COLUMNS = _names_of(ORGANISATIONS)


def ids_in(files: Files, columns: Collection[str]) -> set[int]:
    """The ids that stand in these columns, whatever the table."""
    return {
        one
        for tables in files.values()
        for rows in tables.values()
        for row in rows
        for name in columns & row.keys()
        for one in _as_list(row[name])
    }


def _as_list(value: Any) -> list[int]:
    given = value if isinstance(value, list) else [value]
    return [one for one in given if type(one) is int]


def rows_of(files: Mapping[tuple[str, str], Mapping[str, list[Row]]], table: str) -> list[Row]:
    """All rows of one table, wherever they went."""
    return [row for tables in files.values() for row in tables.get(table, ())]
