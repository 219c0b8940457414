"""What all makers share: the editions of a handbook, the configuration, trees of HTML."""
