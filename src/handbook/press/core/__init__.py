"""What the site and the books share: editions of a handbook, configuration, HTML trees."""
