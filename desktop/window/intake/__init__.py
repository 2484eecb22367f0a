"""The guided intake: an open case, step by step."""
