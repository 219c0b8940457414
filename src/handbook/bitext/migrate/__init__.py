"""How an existing site, or translations of another kind, become a handbook."""
