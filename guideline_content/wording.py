"""The words in which an editor of content is told what YAML or Pydantic has found."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from guideline_content.problems import did_you_mean, nearest

IDS = "an id has small letters and digits, with single dots or hyphens between them"


@dataclass(frozen=True)
class Mistake:
    """What is wrong with the value at `path`."""

    path: tuple[str | int, ...]
    message: str


def validation_in_words(
    error: ValidationError, model: type[BaseModel], written: Mapping[tuple[str | int, ...], str]
) -> Iterator[Mistake]:
    """Each mistake Pydantic found. `written`: scalars as the file has them, before YAML made numbers of them.

    A key that is missing because it is misspelt is one mistake.
    """
    found = error.errors(include_url=False)
    misspelt = {_meant(details["loc"], model) for details in found if details["type"] == "extra_forbidden"}
    for details in found:
        path = tuple(part for part in details["loc"] if part != "[key]")
        if details["type"] != "missing" or path not in misspelt:
            yield Mistake(path, _in_words(details, written.get(path, ""), model))


def _meant(path: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str | int, ...]:
    """The path of the key that an unknown one is most like."""
    *parents, name = path
    return (*parents, *nearest(str(name), _keys(model, parents)))


def _in_words(details: ErrorDetails, written: str, model: type[BaseModel]) -> str:
    match details["type"]:
        case "extra_forbidden":
            *parents, name = details["loc"]
            return _not_among(str(name), "a key here", _keys(model, parents))
        case "literal_error" | "enum":
            allowed = re.findall(r"'([^']*)'", details["ctx"]["expected"])
            return _not_among(written or _kind(details["input"]), "allowed here", allowed)
        case "string_type":
            return _not_text(details["input"], written)
        case "string_too_long":
            most = details["ctx"]["max_length"]
            return f"the text has {len(details['input'])} characters; {most} fit on a button"
        case "string_pattern_mismatch":
            return f"'{details['input']}' cannot be an id; {IDS}"
        case "value_error":
            return str(details["ctx"]["error"])
        case kind if kind in _SENTENCES:
            return _SENTENCES[kind].format(shorten(written, 40) or _kind(details["input"]))
        case _:
            return details["msg"]


_SENTENCES = {
    "missing": "this key is missing",
    "string_too_short": "the text is empty",
    "too_short": "the list is empty; it needs at least one item",
    "tuple_type": "a list is expected here, like [one, two], not {}",
    "model_type": "keys with values are expected here, not {}",
    "dict_type": "keys with values are expected here, not {}",
    "int_type": "a whole number is expected here, not {}",
    "int_from_float": "a whole number is expected here, not {}",
    "float_type": "a number is expected here, not {}",
    "bool_type": "true or false is expected here, not {}",
}


def _not_among(word: str, what: str, allowed: list[str]) -> str:
    return f"'{word}' is not {what} (allowed: {', '.join(allowed)}){did_you_mean(word, allowed)}"


def _not_text(value: object, written: str) -> str:
    match value:
        case None:
            return "there is no text here"
        case bool():
            return f"{written} means true or false here; put it in quotes"
        case int() | float():
            return f"{written} is a number here; put it in quotes"
        case _:
            return f"text is expected here, not {_kind(value)}; put it in quotes if it has a colon or brackets"


def _kind(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "keys with values"
        case list():
            return "a list"
        case _:
            return str(value)


def _keys(model: type[BaseModel], path: list[str | int]) -> list[str]:
    """The keys that the part of a file at `path` may have."""
    kind: Any = model
    for part in path:
        kind = _inside(kind, part)
    models = [option for option in _options(kind) if isinstance(option, type) and issubclass(option, BaseModel)]
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _inside(kind: Any, part: str | int) -> Any:
    for option in _options(kind):
        if isinstance(option, type) and issubclass(option, BaseModel):
            for name, field in option.model_fields.items():
                if part in (name, field.alias):
                    return field.annotation
        elif get_origin(option) is dict:
            return get_args(option)[1]
        elif get_origin(option) is tuple:
            return get_args(option)[0]
    return None


def _options(kind: Any) -> list[Any]:
    """The types a value may have: those of a union, without what annotates them."""
    if get_origin(kind) is Annotated:
        return _options(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return [option for member in get_args(kind) for option in _options(member)]
    return [kind]


def syntax_in_words(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line on which YAML gave up, and why."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text[: error.position].count("\n") + 1
        return line, f"a control character (U+{int(error.character):04X}) stands here; remove it"
    if not isinstance(error, yaml.MarkedYAMLError):
        return 1, f"this is not YAML: {error}"
    mark = error.problem_mark or error.context_mark
    problem = error.problem or ""
    sentence = next((words for pattern, words in _SYNTAX if re.search(pattern, problem)), "this is not YAML: {problem}")
    begun = error.context_mark.line + 1 if error.context_mark else 1
    return (mark.line if mark else 0) + 1, sentence.format(problem=problem, begun=begun)


_SYNTAX = (
    (r"character '\\t'", "there is a tab; indent with spaces"),
    (r"character '(.)' that cannot start", "text that begins with a special character needs quotes ({problem})"),
    (r"mapping values are not allowed", "a text with ': ' in it needs quotes; or this line is indented too far"),
    (r"could not find expected ':'", "a key is followed by a colon and a space; the one begun on line {begun} is not"),
    (r"unexpected end of stream", "the quotes opened on line {begun} are not closed"),
    (r"^expected <block end>", "this does not line up with what began on line {begun}; indent it the same"),
    (r"^expected ',' or '[\]}}]'", "the bracket opened on line {begun} is not closed, or a comma is missing"),
    (r"undefined alias", "text that begins with * needs quotes"),
    (r"another document", "a file is one document; remove the --- line"),
)
