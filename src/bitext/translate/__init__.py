"""What is done with a page and its catalog: merge, align, assemble, and prove it harmless."""
