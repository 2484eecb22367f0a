"""How the file came to be what it is: numbered steps, each in one transaction together with the record of it."""
