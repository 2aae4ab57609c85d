"""Team samenstellen: the composer proposes, people decide with a reason, and the record shows both."""
