"""Taking the name of a person away; what they did stays, under a number."""
