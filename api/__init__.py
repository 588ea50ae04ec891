"""How people and programs reach Footnote over HTTP."""
