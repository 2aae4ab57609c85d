"""Admissibility: is what was handed in formally complete, before anybody judges it?"""

from app.admissibility import messages as messages
