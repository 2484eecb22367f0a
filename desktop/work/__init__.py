"""What a clerk does all day, one function each: open, save, assess, issue, send; no window here."""
