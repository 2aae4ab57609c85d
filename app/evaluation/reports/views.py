"""The report, the workbook and the data."""
