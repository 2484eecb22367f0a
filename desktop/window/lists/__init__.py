"""Many cases at once: found, opened, sent to the county."""
