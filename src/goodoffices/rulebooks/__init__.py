"""Law as content: a folder an instrument or legal order, readable by its lawyer."""
