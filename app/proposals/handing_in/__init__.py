"""From draft to submission: the moment that counts, the receipt, and the reminder before."""
