"""What the jury talks about, who was there, and what moved."""
