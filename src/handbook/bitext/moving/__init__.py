"""Give pages other paths or another source language, and keep what links to them."""
