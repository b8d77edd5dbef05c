"""The tables of a run as one typed frame."""
