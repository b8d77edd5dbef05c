"""Writes workbooks: annotated copies, upload sheets, recaps and forms. Only these modules make workbooks."""
