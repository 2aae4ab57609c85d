"""What Partnerwijzer keeps about a person, for that person."""
