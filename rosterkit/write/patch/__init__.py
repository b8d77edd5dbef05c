"""Patches the package of a workbook: what is not changed keeps its bytes."""
