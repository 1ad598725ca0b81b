"""Officials, the portal and other services reach the directory over HTTP. No rules here."""
