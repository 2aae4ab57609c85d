"""The thesaurus: the file that the application brings, and what administrators changed on top of it."""
