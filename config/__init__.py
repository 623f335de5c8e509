"""Office files: schema, loader and samples; and the words of every language. Imports only server.messages."""
