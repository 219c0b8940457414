"""Changes to the HTML of a page's content and titles: diagrams, labels, glossary, line breaks."""
