"""A handbook in several languages: kept by `bitext`, published by `press`, called by `command`."""
