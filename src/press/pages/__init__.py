"""What becomes of the HTML of a page before it is put into its template."""
