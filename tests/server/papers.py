"""Certificates for real handshakes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass
class Papers:
    """Certificates of an authority of our own, as files: of the authority, of this machine, of another host, of a client."""

    folder: Path
    ca: trustme.CA
    ca_file: str

    def issue(self, name: str, *hosts: str, ca: trustme.CA | None = None) -> tuple[str, str]:
        """A certificate and its key."""
        issued = (ca or self.ca).issue_cert(*hosts)
        certificate, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        certificate.write_bytes(b"".join(each.bytes() for each in issued.cert_chain_pems))
        issued.private_key_pem.write_to_path(key)
        return str(certificate), str(key)
