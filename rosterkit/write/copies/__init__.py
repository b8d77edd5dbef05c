"""The annotated copy of a sender's workbook."""
