"""Addresses of the dossier of a call."""

from flask import Blueprint

blueprint = Blueprint("dossiers", __name__)
