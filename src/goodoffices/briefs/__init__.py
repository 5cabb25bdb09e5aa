"""Documents and figures: a brief is a value; HTML, PDF and DOCX are ways to print it."""
