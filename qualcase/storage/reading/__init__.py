"""Reading a project: set queries that give the values of the model."""
