"""YAML from its events: tables, lists and texts, nothing else.

Reading events instead of composed documents bounds depth before anything is built, and leaves no place for tags, anchors and aliases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.text import safe

if TYPE_CHECKING:
    from yaml.events import Event

    from dvc_cli.forms.answers import RawValue


class YamlError(ValueError):
    """Raised for a text that is no YAML of this kind; `line` counts from 1, 0 when it is not known."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(slots=True)
class _Builder:
    """The document so far: the open tables and lists, the key that waits for its value in each, and the finished root."""

    max_depth: int
    open: list[list[RawValue] | dict[str, RawValue]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    root: RawValue = field(default_factory=dict)
    documents: int = 0

    def start(self, container: list[RawValue] | dict[str, RawValue], line: int) -> None:
        if len(self.open) >= self.max_depth:
            raise YamlError(_("Lồng quá nhiều cấp."), line)
        self.add(container, line)
        self.open.append(container)
        self.keys.append(None)

    def end(self) -> None:
        self.open.pop()
        self.keys.pop()

    def add(self, value: RawValue, line: int) -> None:
        if not self.open:
            self.root = value
            return
        inside = self.open[-1]
        if isinstance(inside, list):
            inside.append(value)
            return
        key = self.keys[-1]
        if key is not None:
            inside[key] = value
            self.keys[-1] = None
            return
        if not isinstance(value, str):
            raise YamlError(_("Khóa phải là chữ."), line)
        if value in inside:
            raise YamlError(_("Khóa {key} xuất hiện hai lần.").format(key=safe(value, 60)), line)
        self.keys[-1] = value


def read_yaml(text: str, max_depth: int) -> RawValue:
    """The one document in the text; an empty text is an empty table. Raises YamlError."""
    import yaml

    builder = _Builder(max_depth)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            _take(builder, event)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise YamlError(_("YAML sai cú pháp."), line) from None
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(_("YAML sai cú pháp.")) from None
    return builder.root


def _take(builder: _Builder, event: Event) -> None:
    from yaml import events

    line = event.start_mark.line + 1 if event.start_mark else 0
    if isinstance(event, events.DocumentStartEvent):
        builder.documents += 1
        if builder.documents > 1:
            raise YamlError(_("Chỉ nhận một tài liệu YAML."), line)
    elif isinstance(event, events.AliasEvent) or getattr(event, "anchor", None):
        raise YamlError(_("Không nhận dấu & và * của YAML; hãy đặt giá trị trong ngoặc kép."), line)
    elif isinstance(event, events.ScalarEvent | events.CollectionStartEvent) and event.tag not in (None, "!"):
        raise YamlError(_("Không nhận nhãn kiểu (!) của YAML."), line)
    elif isinstance(event, events.ScalarEvent):
        builder.add(event.value, line)
    elif isinstance(event, events.MappingStartEvent):
        builder.start({}, line)
    elif isinstance(event, events.SequenceStartEvent):
        builder.start([], line)
    elif isinstance(event, events.CollectionEndEvent):
        builder.end()
