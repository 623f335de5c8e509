"""What clerks press: the counter page (`pages/`), the one-shot press and the terminal counter, all on the public contract."""
