"""The whole of a call in one archive, how long it is kept, and what becomes of it afterwards."""

from app.dossiers import messages as messages
