"""Money: whole đồng, written as Vietnamese papers write it."""

from __future__ import annotations


def format_dong(amount: int) -> str:
    """`40000` as `40.000 đồng`."""
    return f"{amount:,}".replace(",", ".") + " đồng"
