"""The server's own pages: plain HTML, Vietnamese, no script; on a training server each says so."""

from __future__ import annotations

from html import escape

TRAINING = "ĐÀO TẠO"

_PAGE = """<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body>{banner}<main><h1>{title}</h1>{content}</main></body>
</html>
"""
_BANNER = (
    f'<p role="note"><strong>{TRAINING}</strong> – mọi công dân, tài khoản và hồ sơ ở đây đều được đặt ra, không có giá trị pháp lý.</p>'
)


def page(title: str, content: str, *, training: bool) -> str:
    """One page; `content` is HTML, `title` is text."""
    heading = f"{TRAINING} – {title}" if training else title
    return _PAGE.format(title=escape(heading), banner=_BANNER if training else "", content=content)


def front_page(*, training: bool) -> str:
    """What a person sees who opens the address in a browser."""
    text = "<p>Máy chủ này phục vụ lệnh <code>dvc --backend http</code>. Không có gì để điền ở đây.</p>"
    return page("Cổng tập huấn của dvc", text, training=training)
