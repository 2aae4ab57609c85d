"""Which mails a person gets: what can be switched off, and why the rest cannot."""
