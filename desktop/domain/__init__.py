"""Plain immutable values of the office: no files, no clock, no window."""
