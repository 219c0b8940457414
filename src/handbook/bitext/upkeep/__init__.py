"""What is done to the catalogs and pages of a handbook day by day: update, check, count, sign."""
