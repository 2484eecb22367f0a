"""What an assessment says to people, as letters: the same words on screen and on paper."""
