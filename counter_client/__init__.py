"""What clerks use: the counter page (`pages/`), `aufruf press` and the terminal counter, all on the public contract."""
