"""How one comes in: the first set-up, signing in, and the lock over the window."""
