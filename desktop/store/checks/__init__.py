"""What a check of the store looks at, part by part; nothing here changes anything."""
