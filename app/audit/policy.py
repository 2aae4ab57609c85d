"""What the log keeps and shows to nobody."""

# What an applicant keeps to itself until it is handed in: nobody else learns that it exists.
NEVER_SHOWN = (
    "objection.drafted",
    "objection.file_added",
    "objection.file_removed",
    "objection.refused",
)
