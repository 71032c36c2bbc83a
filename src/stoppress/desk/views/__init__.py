"""Views of the desk: plain functions, one file per noun. Who asks → a form → one action → an answer."""
