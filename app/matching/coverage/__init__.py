"""After the opening: which obstacles the applicants take up, by their word, their text and the jury."""
