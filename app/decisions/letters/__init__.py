"""The letters about decisions: their words, making them all at once, and the archive of what was sent."""

from app.decisions.letters.data import LetterData as LetterData
from app.decisions.letters.data import correspondents as correspondents
from app.decisions.letters.data import decision_letters as decision_letters
from app.decisions.letters.data import letter_data as letter_data
from app.decisions.letters.data import letter_pdf as letter_pdf
from app.decisions.letters.data import paragraphs as paragraphs
