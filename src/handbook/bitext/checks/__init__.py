"""Rules for the wording of translations: each finds one kind of mistake, and may be waived."""
