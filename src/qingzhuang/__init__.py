"""轻装: see, check, cut and fairly judge everything that a county asks of its grassroots."""
