"""Which program this is, as it stands in what it seals and backs up."""

VERSION = "0.2.0"
PROGRAM = f"yimen-desk {VERSION}"
