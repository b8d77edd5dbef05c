"""The annotated copy of a workbook: its marks, how they are drawn, and how they are removed."""
