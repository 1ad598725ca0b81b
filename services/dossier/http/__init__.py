"""People and programs reach this service over HTTP. No rules here: parse, call, answer."""
