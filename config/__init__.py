"""Office files (schema, loader, samples) and the words of every language. Imports only server.messages."""
