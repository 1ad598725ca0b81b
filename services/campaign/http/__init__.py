"""People and programs reach campaigns over HTTP. No rules here: parse, call, answer."""
