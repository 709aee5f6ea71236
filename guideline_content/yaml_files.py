"""YAML files read strictly: whatever is wrong names its file, line and key, and two equal keys are an error."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from guideline_content.problems import ContentError, Problem
from guideline_content.wording import syntax_in_words, validation_in_words

M = TypeVar("M", bound=BaseModel)
CONTROL_CHARACTER = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
Item = TypeVar("Item", bound=BaseModel, covariant=True)
Key = str | int
KeyPath = tuple[Key, ...]
Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]


def read(path: Path, model: type[M]) -> M:
    """The file as a model. Raises `ContentError` with everything that is wrong in it."""
    document = Document.open(path)
    problems = document.problems(model)
    if problems:
        raise ContentError(problems)
    return document.parse(model)


@dataclass(frozen=True)
class Document:
    """The values of a YAML file, and on which line each of them stands.

    `key_lines`: where the name of a key stands, which may be another line than its value's. `written`: numbers and
    words as the file has them. `mistakes`: what is wrong with the file as YAML, whatever model it is for.
    """

    path: Path
    value: Value
    lines: dict[KeyPath, int]
    key_lines: dict[KeyPath, int]
    written: dict[KeyPath, str]
    mistakes: tuple[Problem, ...]

    @classmethod
    def open(cls, path: Path) -> "Document":
        """Raises `ContentError` where there is no file, or no YAML in it."""
        text = _text(path)
        root = _compose(path, text)
        return _Walk(path).document(root)

    def parse(self, model: type[M]) -> M:
        """The values as a model. By way of JSON: validated strictly, it takes lists for tuples and words for enums."""
        return model.model_validate_json(json.dumps(self.value))

    def problems(self, model: type[BaseModel]) -> tuple[Problem, ...]:
        """Everything in the file that `model` does not allow, by line."""
        try:
            self.parse(model)
        except ValidationError as error:
            mistakes = validation_in_words(error, model, self.written)
            found = [self.problem(mistake.path, mistake.message) for mistake in mistakes]
            return tuple(sorted({*self.mistakes, *found}))
        return tuple(sorted(self.mistakes))

    def problem(self, path: KeyPath, message: str) -> Problem:
        """A problem with what stands at `path`: on the line of its key, or, where it is missing, of its parent."""
        present = path
        while present not in self.lines:
            present = present[:-1]
        line = self.key_lines.get(present, self.lines[present])
        return Problem(self.path, line, self.key(path), message)

    def key(self, path: KeyPath) -> str:
        """The path for people: `clauses[letter.registered].obligation`; items without an id are counted from 1."""
        name = ""
        value: Value = self.value
        for part in path:
            if isinstance(part, int):
                value = value[part] if isinstance(value, list) else None
                item_id = value.get("id") if isinstance(value, dict) else None
                name += f"[{item_id if isinstance(item_id, str) else part + 1}]"
            else:
                value = value.get(part) if isinstance(value, dict) else None
                name += f".{part}" if name else part
        return name

    def items(self, key: str, model: type[M]) -> tuple["Located[M]", ...]:
        """The items of the list under `key` that are valid as a `model`; the others are among the problems."""
        return tuple(self._valid(key, model))

    def _valid(self, key: str, model: type[M]) -> Iterator["Located[M]"]:
        for index, value in enumerate(self._list(key)):
            with suppress(ValidationError):
                yield Located(model.model_validate_json(json.dumps(value)), self, (key, index))

    def mappings(self, key: str) -> Iterator[tuple[dict[str, Value], KeyPath]]:
        """The items of the list under `key` that have keys, and their places, whether they are valid or not."""
        for index, item in enumerate(self._list(key)):
            if isinstance(item, dict):
                yield item, (key, index)

    def ids(self, key: str) -> Iterator[tuple[str, KeyPath]]:
        """The ids in the list under `key` and their places."""
        for item, path in self.mappings(key):
            if isinstance(item_id := item.get("id"), str):
                yield item_id, (*path, "id")

    def words(self, key: str, field: str) -> frozenset[str]:
        """Everything listed in a field of the items under `key`, also where a single word stands instead of a list."""
        values = [item.get(field) for item, _ in self.mappings(key)]
        listed = [word for value in values for word in (value if isinstance(value, list) else [value])]
        return frozenset(word for word in listed if isinstance(word, str))

    def _list(self, key: str) -> list[Value]:
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return value if isinstance(value, list) else []


@dataclass(frozen=True)
class Located(Generic[Item]):
    """An item of a file, and where it stands."""

    entry: Item
    document: Document
    path: KeyPath

    def problem(self, message: str, *key: Key) -> Problem:
        """A problem with what stands under `key` of the item."""
        return self.document.problem((*self.path, *key), message)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ContentError([Problem(path, 1, "", "there is no such file")]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ContentError([Problem(path, line, "", "this is not UTF-8; save the file as UTF-8")]) from None
    except OSError as error:
        raise ContentError([Problem(path, 1, "", f"the file cannot be read: {error.strerror}")]) from None


def _compose(path: Path, text: str) -> yaml.Node:
    try:
        node = _composed(text)
    except yaml.YAMLError as error:
        line, message = syntax_in_words(error, text)
        raise ContentError([Problem(path, line, "", message)]) from None
    except RecursionError:
        raise ContentError([Problem(path, 1, "", "brackets or lists are nested too deeply")]) from None
    if node is None:
        raise ContentError([Problem(path, 1, "", "the file is empty")])
    return node


def _composed(text: str) -> yaml.Node | None:
    """By libyaml where it is there, being over ten times as fast; what it refuses PyYAML explains better."""
    with suppress(yaml.YAMLError, AttributeError):
        return yaml.CSafeLoader(text).get_single_node()
    return yaml.SafeLoader(text).get_single_node()


class _Walk:
    """One walk over the nodes of a file, collecting values, lines and mistakes that only the nodes show."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[KeyPath, int] = {}
        self.key_lines: dict[KeyPath, int] = {}
        self.written: dict[KeyPath, str] = {}
        self.seen: set[yaml.Node] = set()
        self.mistakes: list[tuple[KeyPath, int, str]] = []

    def document(self, root: yaml.Node) -> Document:
        value = self.value(root, ())
        document = Document(self.path, value, self.lines, self.key_lines, self.written, ())
        mistakes = (Problem(self.path, line, document.key(path), message) for path, line, message in self.mistakes)
        return replace(document, mistakes=tuple(mistakes))

    def value(self, node: yaml.Node, path: KeyPath) -> Value:
        self.lines[path] = node.start_mark.line + 1
        if node in self.seen:
            self.mistake(path, node, "this uses a text again by its name (*); write it out, or put it in quotes")
            return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
        self.seen.add(node)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self.scalar(node, path)

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> Value:
        values: dict[str, Value] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.mistake(path, key_node, "a key must be a word, not a list or keys")
                continue
            key = str(key_node.value)
            if key_node.tag != "tag:yaml.org,2002:str":
                self.mistake(path, key_node, f"a key must be a word; put quotes around {key}")
            elif key in values:
                first = self.key_lines[(*path, key)]
                self.mistake((*path, key), key_node, f"'{key}' stands here twice; the first is on line {first}")
            else:
                self.key_lines[(*path, key)] = key_node.start_mark.line + 1
                values[key] = self.value(value_node, (*path, key))
        return values

    def scalar(self, node: yaml.Node, path: KeyPath) -> Value:
        self.written[path] = node.value
        match node.tag.removeprefix("tag:yaml.org,2002:"):
            case "str" | "timestamp" as kind:
                if kind == "timestamp":
                    self.mistake(path, node, f"{node.value} is a date here; put it in quotes")
                self.control_characters(node, path)
                return str(node.value)
            case "int" | "float" | "bool" | "null":
                return _plain(node)
            case tag:
                self.mistake(path, node, f"{tag} is not used in these files; write plain text")
                return str(node.value)

    def control_characters(self, node: yaml.Node, path: KeyPath) -> None:
        for character in dict.fromkeys(CONTROL_CHARACTER.findall(node.value)):
            self.mistake(path, node, f"the text has a control character (U+{ord(character):04X}); remove it")

    def mistake(self, path: KeyPath, node: yaml.Node, message: str) -> None:
        line = node.start_mark.line + 1
        self.mistakes.append((path, max(line, self.key_lines.get(path, line)), message))


def _plain(node: yaml.Node) -> Value:
    """A number, a truth value or nothing. What Python or JSON has no number for stays text."""
    try:
        value: Value = yaml.SafeLoader("").construct_object(node)
    except ValueError:
        return str(node.value)
    return value if not isinstance(value, float) or isfinite(value) else str(node.value)
