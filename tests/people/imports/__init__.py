"""Lists of people that are brought in, from the file to the people."""
