"""A catalog beside its page, for the person who is translating it."""
