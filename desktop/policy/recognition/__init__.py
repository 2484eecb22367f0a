"""Whether a patient is recognised: a household measured against the lines of a rule, and what would change the outcome."""
