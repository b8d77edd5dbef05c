"""Files that nobody wrote: drawn from a number, checked, and held against what must be true of every file.

``python -m tests.fuzz --files 10000`` draws and checks many; ``python -m tests.fuzz --case xml-1234 --keep FOLDER`` one
of them again. Nothing is stored: the same name draws the same file.
"""
