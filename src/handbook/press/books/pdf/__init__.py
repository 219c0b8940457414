"""PDF documents: their Typst source, and printing it."""
