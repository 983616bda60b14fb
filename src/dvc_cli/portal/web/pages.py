"""The server's own pages: plain HTML, Vietnamese, no script; on a training server each says so."""

from __future__ import annotations

import base64
import hashlib
from html import escape

TRAINING = "ĐÀO TẠO"

STYLE = (
    "body{font:1.125rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:34rem;padding:1rem;color:#1a1a1a;background:#fff}"
    "h1{font-size:1.6rem;line-height:1.25}label{display:block;font-weight:600;margin-top:1rem}"
    "input{box-sizing:border-box;font:inherit;width:100%;padding:.5rem;border:2px solid #595959;border-radius:.25rem}"
    "button{font:inherit;padding:.6rem 1.2rem;margin:1rem .5rem 0 0;border:2px solid #0b4f9c;border-radius:.25rem}"
    "button{background:#fff;color:#0b4f9c}"
    "button.main{background:#0b4f9c;color:#fff}:focus-visible{outline:3px solid #b35900;outline-offset:2px}"
    "[role=alert]{border-left:.4rem solid #b00020;padding:.25rem .75rem}[role=note]{border:2px solid #8a5a00;padding:.5rem}"
    ".code{font-size:1.6rem;font-weight:700;letter-spacing:.1em}"
)

_PAGE = """<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{style}</style></head>
<body>{banner}<main><h1>{title}</h1>{content}</main></body>
</html>
"""
_BANNER = (
    f'<p role="note"><strong>{TRAINING}</strong> – mọi công dân, tài khoản và hồ sơ ở đây đều được đặt ra, không có giá trị pháp lý.</p>'
)


def page(title: str, content: str, *, training: bool) -> str:
    """One page; `content` is HTML, `title` is text."""
    heading = f"{TRAINING} – {title}" if training else title
    return _PAGE.format(title=escape(heading), style=STYLE, banner=_BANNER if training else "", content=content)


def policy(*form_targets: str) -> str:
    """The Content-Security-Policy of a page: its own style and nothing else; forms go to `form_targets` alone."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode("ascii")
    targets = " ".join(form_targets) or "'none'"
    return f"default-src 'none'; style-src 'sha256-{digest}'; form-action {targets}; base-uri 'none'; frame-ancestors 'none'"


def front_page(*, training: bool) -> str:
    """What a person sees who opens the address in a browser."""
    text = "<p>Máy chủ này phục vụ lệnh <code>dvc --backend http</code>. Không có gì để điền ở đây.</p>"
    return page("Cổng tập huấn của dvc", text, training=training)
