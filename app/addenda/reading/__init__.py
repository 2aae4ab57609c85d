"""Documents as regions have them (PDF, DOCX, ODT, text), read in a process of their own."""
