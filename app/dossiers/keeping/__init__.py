"""How long the records of a call are kept, and destroying them by two people with a certificate."""
