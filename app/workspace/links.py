"""Addresses inside the application, as far as their feature is there."""

from typing import Any

from flask import current_app, url_for


def link(endpoint: str, **values: Any) -> str | None:
    """The address of an endpoint, or None when no feature offers it."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
