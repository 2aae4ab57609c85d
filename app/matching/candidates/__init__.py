"""Who can take away which obstacle of a call: found by the matches, judged by people, invited."""
