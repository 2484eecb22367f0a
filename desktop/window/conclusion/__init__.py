"""What a draft comes to, always in view, each figure with its steps."""
