"""What changes after publication: visible versions, with the difference and who must confirm again."""
