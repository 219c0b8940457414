"""The MkDocs plugin: everything that knows the events of MkDocs and their order."""
