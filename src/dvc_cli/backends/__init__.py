"""The backends of this installation: found by name through the entry-point group `dvc_cli.backends`, built-ins included.

A backend package points an entry point at a factory `open_backend(options: BackendOptions) -> Backend` (`dvc_cli.contract.backend`).
"""

from dvc_cli.backends.options import BackendOptions, Network
from dvc_cli.backends.registry import GROUP, BackendEntry, check_name, list_backends, open_backend

__all__ = ["GROUP", "BackendEntry", "BackendOptions", "Network", "check_name", "list_backends", "open_backend"]
