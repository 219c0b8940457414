"""PDF and EPUB books of the handbook, made from records of its pages."""
