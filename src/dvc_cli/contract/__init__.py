"""The Backend protocol, its frozen values and its capabilities; failures are those of `dvc_cli.errors`."""
