"""New workbooks for the office and blank forms for senders."""
