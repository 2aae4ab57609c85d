"""Objections (weerwoorden): filed within the own window, judged with reasons."""

from app.objections import messages as messages
