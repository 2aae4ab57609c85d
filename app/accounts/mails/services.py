"""Switching mails off and on again."""

from collections.abc import Collection

from sqlalchemy import delete

from app.accounts.mails.queries import switched_off
from app.accounts.models import MailPreference
from app.audit import services as audit
from app.infra.database import db, transaction
from app.notifications.groups import optional_groups


def choose_mails(user_id: int, wanted: Collection[str]) -> bool:
    """From now on only the optional mails of these groups; whether that is another choice than before. What
    cannot be switched off, and what does not exist, is passed over: there is never a row for it."""
    with transaction() as now:
        off = {one.key for one in optional_groups()} - set(wanted)
        before = switched_off(user_id)
        if off == before:
            return False
        db.session.execute(
            delete(MailPreference).where(
                MailPreference.user_id == user_id, MailPreference.group.in_(before - off)
            )
        )
        for group in sorted(off - before):
            db.session.add(MailPreference(user_id=user_id, group=group, at=now))
        audit.record(
            "account.mails_chosen", actor_id=user_id, subject=f"user:{user_id}", at=now, off=sorted(off)
        )
        return True
