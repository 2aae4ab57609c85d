"""What the pages about mails show."""

from typing import Any

from flask import url_for

from app.accounts.mails.queries import followed_lists, switched_off
from app.notifications.examples import Example, examples
from app.notifications.groups import GROUPS
from app.notifications.kinds import KINDS, kind_of
from app.notifications.services import Written, write


def preference_facts(user_id: int, address: str) -> dict[str, Any]:
    """`optional`: groups with whether they are on; `locked`: those that stay, with why; `followed`."""
    off = switched_off(user_id)
    names: dict[str, list[str]] = {}
    for kind in KINDS.values():
        names.setdefault(kind.group, []).append(kind.name)
    return {
        "optional": [(one, one.key not in off) for one in GROUPS.values() if not one.locked],
        "locked": [(one, names[one.key]) for one in GROUPS.values() if one.locked],
        "followed": followed_lists(address),
    }


def catalogue_facts() -> dict[str, Any]:
    """Every kind of mail, by group, with whether it can be switched off."""
    known = examples()
    rows = [
        {
            "group": group,
            "kinds": [
                (kind.name, kind.why, url_for("accounts.mail_example", kind=kind.key))
                for kind in KINDS.values()
                if kind.group == group.key and kind.key in known
            ],
        }
        for group in GROUPS.values()
    ]
    return {"groups": [row for row in rows if row["kinds"]]}


def example_facts(key: str, example: Example) -> dict[str, Any]:
    kind = kind_of(key)
    keys = list(examples())
    place = keys.index(key)
    return {
        "kind": kind,
        "group": GROUPS[kind.group],
        "mail": written(key, example),
        "attachments": example.attachments,
        "previous": _link(keys, place - 1),
        "next": _link(keys, place + 1),
    }


def _link(keys: list[str], place: int) -> tuple[str, str] | None:
    if not 0 <= place < len(keys):
        return None
    key = keys[place]
    return KINDS[key].name, url_for("accounts.mail_example", kind=key)


def written(key: str, example: Example) -> Written:
    return write(
        key,
        to=example.to,
        subject=example.subject,
        template=example.template,
        stop_url=example.stop_url,
        **example.context,
    )
