"""A page of Markdown and its segments, the runs of text that translators read as messages."""
