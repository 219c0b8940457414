"""Read the settings of a handbook on disk; read and write its pages and catalogs."""
