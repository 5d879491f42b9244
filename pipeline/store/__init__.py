"""Keep what was read: articles, reports, events, reviews and who did what, in SQLite or PostgreSQL with PostGIS."""
