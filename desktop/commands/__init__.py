"""The commands, one room for each of what they are about: arguments in, text out, no logic."""
