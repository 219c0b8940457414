"""PDFs: documents, the Typst source they are made from, and printing it."""
