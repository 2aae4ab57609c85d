"""Flask-Security over the own user table: sign-in, password reset, second factor.

Roles live with what they are about, so Flask-Security is given none. Its own pages for signing in and for
passwords are replaced by ours (`views_sign_in.take_over`): they commit outside our transaction, know no
throttling, and take the host name of a link from the request.
"""

from datetime import timedelta

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from app.accounts.models import User
from app.infra.database import db
from config import Settings

security = Security()


def security_settings(settings: Settings) -> dict[str, object]:
    """Flask-Security's configuration: uniform answers, Dutch, no registration of its own."""
    return {
        "SECURITY_PASSWORD_SALT": settings.password_salt,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_I18N_DIRNAME": ["builtin"],
        "SECURITY_LOGIN_URL": "/aanmelden",
        "SECURITY_LOGOUT_URL": "/afmelden",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_RESET_URL": "/wachtwoord-vergeten",
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_FRESHNESS": timedelta(-1),  # no page to sign in a second time
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_JOIN_USER_ROLES": False,
    }


def init_security(app: Flask) -> None:
    security.init_app(app, SQLAlchemyUserDatastore(db, User, None))  # type: ignore[arg-type]
