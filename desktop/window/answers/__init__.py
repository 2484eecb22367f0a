"""How a question is answered: fields, forms and rows."""
