"""The published call as documents to take away: PDF, DOCX, calendar, JSON, feed."""
