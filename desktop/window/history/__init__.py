"""What was done to a case: its acts one by one, how it stood after each, who saw it, what was sealed of it."""
