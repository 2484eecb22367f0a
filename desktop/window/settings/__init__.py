"""The place of the settings: the office and its numbers, its staff, the bin, the look; a section of each."""
