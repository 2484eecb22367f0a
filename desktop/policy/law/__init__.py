"""The law as typed values: the shape of a policy file and of a locality's, and the reading of both."""
