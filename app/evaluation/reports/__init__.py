"""What leaves the jury: report, workbook, data."""
