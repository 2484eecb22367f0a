"""What the law says, as data, and how it applies to a case; as pure as the domain."""
