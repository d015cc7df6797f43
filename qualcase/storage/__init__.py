"""Where a project is kept: tables, journal, migrations; the only room with SQL in it."""
