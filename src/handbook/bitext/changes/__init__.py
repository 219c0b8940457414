"""What changes: versions of pages, compared as readers see them, and what follows for languages."""
