"""The parts of a page around its text: notices, foot, icons, sharing, offline use, repairs."""
