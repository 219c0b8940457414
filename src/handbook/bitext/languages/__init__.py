"""What is known of each language: a record a language, read from a file a language."""
