"""What an amendment of the call means for a proposal that answers it."""
