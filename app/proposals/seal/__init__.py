"""What lies sealed, the two people who open it, and what others see from then on."""
