"""Who sits on the jury: the rule on its composition, likely conflicts, the page of the chair."""
