"""One kind of cell in each file: what it says, and what is to be said of it."""
