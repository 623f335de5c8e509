"""The API documents, made from the route table and the message classes."""
