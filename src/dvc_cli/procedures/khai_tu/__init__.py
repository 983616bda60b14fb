"""The linked death procedure as data (form, papers, dossier) and rules."""
