"""What surrounds the text of a page: notices, foot, languages, sharing."""
