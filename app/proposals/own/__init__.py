"""Where an organisation's own proposals stand, in one place and in the same words everywhere."""
