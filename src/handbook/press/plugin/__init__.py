"""The MkDocs plugin `bitext`: all code that depends on MkDocs' events and their order."""
