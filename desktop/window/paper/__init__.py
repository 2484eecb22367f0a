"""The last step: notices seen, issued, printed and saved."""
