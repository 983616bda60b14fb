"""The OpenAPI 3.1 document, made from the operation table and the value classes; committed as `docs/openapi.json`."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from types import NoneType

from dvc_cli.contract import faults, operations
from dvc_cli.contract.answers import MOST_DEPTH
from dvc_cli.contract.meanings import meaning
from dvc_cli.contract.messages import CORRELATION_HEADER, JSON_TYPE, KEY_HEADER, MOST_CURSOR, MOST_KEY, MOST_PAGE, PROBLEM_TYPE, RAW_TYPE
from dvc_cli.contract.operations import OPERATIONS, PREFIX, Operation
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.training import Training
from dvc_cli.contract.wire import LARGEST, MOST_ITEMS, MOST_TEXT, members
from dvc_cli.errors import Problem

Document = dict[str, object]

SESSION, ADMINISTRATOR = "session", "administrator"

_DESCRIPTION = (
    "What a server answers so that `dvc --backend http` can stand in front of it. Instants are RFC 3339 with offset, dates YYYY-MM-DD,"
    " money whole đồng. Requests are read strictly; a client passes over members it does not know, so a minor version may add some."
    " An unknown major version in the path is answered with the problem `version` (BE-VERSION)."
    " A failure is a problem document (RFC 9457) whose member `problems` holds the list that `dvc` shows."
    "\n\n"
    "An operation that refuses with a code answers it as `refused` (422), also where it is a matter of waiting (TK-RESEND-SOON,"
    " TK-OTP-LOCKED, TK-LOCKED); `too-many-tries` (429) is for whoever calls too often. NotFoundError is `not-found` (404), ConflictError"
    " `conflict` (409), SessionError `session` (401), a capability that is not there `not-supported` (501)."
    "\n\n"
    "A member that is not required is left out where there is nothing to tell: it is null only where its schema says so. An answer is at"
    " most 4 MiB, in UTF-8, neither packed nor redirected, and nests at most 12 levels. `x-codes` are the codes that are known today; dvc"
    " shows others as they are. `docs/gateway.md` and `docs/server.md` say what no schema can."
)


def openapi_document() -> Document:
    """The whole document, in a stable order."""
    schemas: dict[str, object] = {"Problem": _object_schema(Problem, {}), "Fault": _fault_schema(), "Anything": _ANYTHING}
    paths: dict[str, dict[str, object]] = {}
    for row in OPERATIONS:
        paths.setdefault(f"{PREFIX}{row.path}", {})[row.verb.lower()] = _operation(row, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "dvc", "version": f"{operations.MAJOR}.0", "description": _DESCRIPTION},
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {"Failure": _failure()},
            "securitySchemes": {
                SESSION: {"type": "http", "scheme": "bearer", "description": "the `token` of a Session"},
                ADMINISTRATOR: {"type": "http", "scheme": "bearer", "description": "of who runs a training server; no other server has it"},
            },
        },
    }


def _operation(row: Operation, schemas: dict[str, object]) -> Document:
    found: Document = {
        "operationId": row.name,
        "description": row.description,
        "parameters": _parameters(row),
        "responses": {str(row.status): _success(row, schemas), **{status: dict(_FAILED) for status in (*_failures(row), "default")}},
        "x-repeatable": row.may_repeat,
    }
    body = _request_body(row, schemas)
    if body:
        found["requestBody"] = body
    if row.needs_token:
        found["security"] = [{ADMINISTRATOR if row.protocol is Training else SESSION: []}]
    return found


def _failures(row: Operation) -> list[str]:
    """The statuses with which the operation may fail, as this project's own server does; another server's gateway may know more."""
    return [str(status) for status in sorted({kind.status for kind in faults.KINDS if kind.name in row.failures})]


def _parameters(row: Operation) -> list[Document]:
    found = [_path_parameter(name) for name in operations.path_arguments(row.name)]
    if row.keyed:
        key = {"type": "string", "pattern": _HEADER_TEXT, "minLength": 1, "maxLength": MOST_KEY}
        description = "of the session's account; remembered as long as the dossier is kept"
        found.append({**_parameter(KEY_HEADER, "header", key, required=True), "description": description})
    if row.paged:
        description = "`next` of the page before"
        found.append({**_parameter("cursor", "query", {"type": "string", "maxLength": MOST_CURSOR}), "description": description})
        limit = _parameter("limit", "query", {"type": "integer", "minimum": 1, "maximum": MOST_PAGE})
        found.append({**limit, "description": "how many at most; the server's own number where it is left out"})
    if row.guarded_by:
        description = f"the ETag of `{row.guarded_by}`, where it is a strong one"
        found.append({**_parameter("If-Match", "header", {"type": "string"}), "description": description})
    found.append(_parameter(CORRELATION_HEADER, "header", {"type": "string", "maxLength": 80}))
    return found


def _path_parameter(name: str) -> Document:
    found = _parameter(name, "path", {"type": "string", "pattern": _TEXT}, required=True)
    return {**found, "description": "of the content, 64 lower-case hexadecimal digits"} if name == "sha256" else found


def _parameter(name: str, place: str, schema: Document, *, required: bool = False) -> Document:
    return {"name": name, "in": place, "required": required, "schema": schema}


def _request_body(row: Operation, schemas: dict[str, object]) -> Document:
    if operations.raw_argument(row.name):
        return {"required": True, "content": {RAW_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
    kinds, names = operations.arguments(row.name), operations.body_arguments(row.name)
    if not names:
        return {}
    alone = operations.body_is_value(row.name)
    if alone:
        schema = _schema(kinds[alone], schemas, strict=True)
    else:
        schema = _members_schema({name: kinds[name] for name in names}, names, schemas, strict=True)
    return {"required": True, "content": {JSON_TYPE: {"schema": schema}}}


def _success(row: Operation, schemas: dict[str, object]) -> Document:
    found: Document = {"description": "done"}
    kind = operations.answer(row.name)
    if row.paged:
        item = _schema(operations.page_item(row.name), schemas)
        following = {
            "type": ["string", "null"],
            "maxLength": MOST_CURSOR,
            "description": "the cursor to go on with, any text; null at the end",
        }
        page = {"items": {"type": "array", "items": item}, "next": following}
        found["content"] = {JSON_TYPE: {"schema": {"type": "object", "required": ["items", "next"], "properties": page}}}
    elif kind not in (None, NoneType):
        found["content"] = {JSON_TYPE: {"schema": _schema(kind, schemas)}}
    if row.tagged:
        found["headers"] = {"ETag": {"schema": {"type": "string"}}}
    return found


def _failure() -> Document:
    headers = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds; with 429 and 503"}}
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Fault"}}}
    return {"description": "a problem document; `type` and `status` say which kind", "headers": headers, "content": content}


def _fault_schema() -> Document:
    kinds = [f"{faults.TYPE_PREFIX}{kind.name}" for kind in faults.KINDS]
    return {
        "type": "object",
        "required": ["type", "title", "status", "problems"],
        "properties": {
            "type": {"type": "string", "enum": kinds},
            "title": {"type": "string"},
            "status": {"type": "integer", "enum": sorted({kind.status for kind in faults.KINDS})},
            "detail": {"type": "string"},
            "problems": {"type": "array", "items": {"$ref": "#/components/schemas/Problem"}},
            "data": {"type": "object", "description": "facts beside the problems, such as `challenge` after a wrong code"},
            "maybe_done": {
                "type": "boolean",
                "description": "whether the request may have been carried out; of `unavailable`, where left out: yes",
            },
            "upstream": {"type": "string", "enum": [faults.PORTAL, faults.SMS, faults.VNEID, faults.POPULATION]},
            "correlation_id": {"type": "string"},
        },
    }


def _schema(kind: object, schemas: dict[str, object], *, strict: bool = False) -> Document:
    """The schema of a type; classes go to `schemas` once and are referred to. `strict`: as a request is read, without members beside."""
    if isinstance(kind, type) and is_dataclass(kind) and kind is not Secret:
        if kind.__name__ not in schemas:
            schemas[kind.__name__] = {}
            schemas[kind.__name__] = _object_schema(kind, schemas, strict=strict)
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_schema(inner[0], schemas, strict=strict), {"type": "null"}]}
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _schema(inner[0], schemas, strict=strict), "maxItems": MOST_ITEMS}
    if origin is Mapping:
        return _mapping_schema(_schema(inner[1], schemas, strict=strict))
    return dict(_PLAIN[kind])


def _mapping_schema(item: Document) -> Document:
    names = {"pattern": _TEXT, "maxLength": MOST_TEXT}
    return {"type": "object", "propertyNames": names, "additionalProperties": item, "maxProperties": MOST_ITEMS}


_TEXT = "^[^\\u0000]*$"
_HEADER_TEXT = "^[!-~]([ -~]*[!-~])?$"
_FAILED: Document = {"$ref": "#/components/responses/Failure"}
_PLAIN: Mapping[object, Document] = {
    str: {"type": "string", "pattern": _TEXT, "maxLength": MOST_TEXT},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Secret: {"type": "string", "format": "password", "pattern": _TEXT, "maxLength": MOST_TEXT},
    object: {"$ref": "#/components/schemas/Anything"},
}
_ANYTHING: Document = {
    "description": f"any JSON value without fractions, nested up to {MOST_DEPTH} levels in all",
    "anyOf": [
        _PLAIN[str],
        _PLAIN[int],
        _PLAIN[bool],
        {"type": "null"},
        {"type": "array", "items": _PLAIN[object], "maxItems": MOST_ITEMS},
        _mapping_schema(_PLAIN[object]),
    ],
}


def _object_schema(kind: type, schemas: dict[str, object], *, strict: bool = False) -> Document:
    found = members(kind)
    required = [member.name for member in found if member.required]
    schema = _members_schema({member.name: member.kind for member in found}, required, schemas, strict=strict, of=kind.__name__)
    return {**schema, "description": (kind.__doc__ or "").strip()}


def _members_schema(
    kinds: Mapping[str, object], required: typing.Iterable[str], schemas: dict[str, object], *, strict: bool = False, of: str = ""
) -> Document:
    """`of`: the value class whose members these are."""
    properties = {name: {**_schema(kind, schemas, strict=strict), **meaning(of, name)} for name, kind in kinds.items()}
    found: Document = {"type": "object", "required": list(required), "properties": properties}
    return {**found, "additionalProperties": False} if strict else found
