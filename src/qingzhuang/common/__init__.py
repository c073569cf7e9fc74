"""Django helpers without a word of the domain in them."""
