"""A result as JSON and back, without loss. JSON and not pickle: it comes from a process that read a hostile
document, and a pickle can do whatever it likes."""

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_PLAIN = (str, int, float, bool)


def to_plain(value: Any) -> Any:
    """Dataclasses become objects by field name, tuples lists, moments ISO strings."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): to_plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [to_plain(one) for one in value]
    return value


def from_plain(kind: type[T], value: Any) -> T:
    """The value of type `kind` that `to_plain` was given. Raises ValueError when it does not fit."""
    result: T = _load(kind, value)
    return result


def _load(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if kind is Any:
        return value
    if origin in (Union, types.UnionType):
        return _one_of(get_args(kind), value)
    if origin in (tuple, list, frozenset, set):
        return _several(origin, get_args(kind), value)
    if origin is dict and isinstance(value, dict):
        return {key: _load(get_args(kind)[1], one) for key, one in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        return _fields_of(kind, value)
    return _single(kind, value)


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    return _load(next(one for one in kinds if one is not type(None)), value)


def _several(origin: Any, kinds: tuple[Any, ...], value: Any) -> Any:
    if not isinstance(value, list):
        raise ValueError("a list was expected")
    if origin is tuple and kinds[-1] is not Ellipsis:
        return tuple(_load(kind, one) for kind, one in zip(kinds, value, strict=True))
    return origin(_load(kinds[0], one) for one in value)


def _fields_of(kind: Any, value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("an object was expected")
    return kind(**{name: _load(one, value[name]) for name, one in _hints(kind).items() if name in value})


def _single(kind: Any, value: Any) -> Any:
    if kind in (datetime, date, time):
        return kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind in _PLAIN and not isinstance(value, kind):
        raise ValueError(f"{kind.__name__} was expected")
    return value


@lru_cache(maxsize=100)
def _hints(kind: type[Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind) if field.init}
    return {name: one for name, one in get_type_hints(kind).items() if name in names}
