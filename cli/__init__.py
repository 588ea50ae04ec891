"""The command `footnote`: settings, the one place where parts are joined, and the commands."""
