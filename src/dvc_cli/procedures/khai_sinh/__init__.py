"""The linked birth procedure as data (form, papers, dossier) and rules."""
