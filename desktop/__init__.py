"""Yimen Desk: the desk of a township's 「一门受理」 social-assistance window. This is the map of the house.

A case and its rules make one immutable Assessment; the window, the notices, the store and the county's workbook
only render it. Floors from top to bottom; each uses only what lies beneath it, and store, notices and batches are
strangers to one another.

__main__.py         ``python -m desktop``
main.py             the one place where the parts are put together
command_line.py     the commands: argument in, text out
window/             the only part that knows Qt
settings.py         what an office sets once
paths.py            where things are
work/               what a clerk does all day, one function each
store/              one SQLite file that keeps the cases
notices/            letters become PDF pages
batches/            the county's workbooks
policy/             what the law says, as data, and how it applies to a case
domain/             plain immutable values
"""
