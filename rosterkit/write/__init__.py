"""What a run leaves behind: annotated copies and upload sheets. The only place that knows how workbooks are written."""
