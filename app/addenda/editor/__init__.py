"""Writing a call: its pages, their forms, and what they offer."""
