"""Reads files into raw cells, and locates the rosters in them (``tables.py`` does both)."""
