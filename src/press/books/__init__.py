"""The handbook as PDF and EPUB, made from records of its pages."""
