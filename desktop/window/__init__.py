"""The window: the only room that knows Qt. It asks and shows; it decides nothing."""
