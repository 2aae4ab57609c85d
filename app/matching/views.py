"""The blueprint of matching; its pages are in the parts (`pages` imports them all)."""

from flask import Blueprint

blueprint = Blueprint("matching", __name__)
