"""Everything of a call as files, in one archive that can be checked without the application."""
