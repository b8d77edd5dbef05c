"""Workbooks of our own."""
