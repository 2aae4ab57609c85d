"""Writing a proposal: the working copy, saving it with several people, and what it looks like."""
