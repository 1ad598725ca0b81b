"""What people reach with a browser, one module for each part of their work."""
