"""How an older project file becomes one of today's format."""
