"""What of a dossier is confidential: parts that appear otherwise than their kind's own rule says."""
