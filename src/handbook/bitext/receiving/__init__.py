"""Take in what came by mail or chat: catalogs without a place, and corrections of readers."""
