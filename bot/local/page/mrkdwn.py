"""Slack's own message markup as HTML. Whatever is not markup comes out escaped."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from markupsafe import Markup, escape

from bot.local.page.dates import date_words
from bot.local.page.emoji import EMOJI


@dataclass(frozen=True)
class Names:
    """What stands behind the ids in a text, for one reader.

    `person` gives a display name, `channel` a name and an address in the page; None where the reader knows none.
    """

    person: Callable[[str], str | None]
    channel: Callable[[str], tuple[str, str] | None]
    zone: tzinfo


ALLOWED_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
FENCE = re.compile(r"```\n?(.+?)\n?```\n?", re.DOTALL)
QUOTE = re.compile(r"^(?:&gt;|>){3}(?s:.*)\Z|(?:^(?:&gt;|>)[^\n]*(?:\n|\Z))+", re.MULTILINE)
QUOTE_MARK = re.compile(r"^(?:(?:&gt;|>){3}|&gt;|>) ?", re.MULTILINE)
DATE_TOKEN = re.compile(r"\{(\w+)\}")
BARE_ADDRESS = re.compile(r"<[^<>\n]*>|(https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"*_~`])")
EMOJI_NAME = re.compile(r"(?<![\w:]):([a-z0-9_+-]+):")
ESCAPED_OR_LINK = re.compile(r"<([^<>|\n]+)(?:\|([^<>\n]*))?>")


def _paired(mark: str, tag: str) -> str:
    """Text between two marks that hug it and touch no word outside; a mark within `<...>` does not count."""
    m = re.escape(mark)
    return rf"(?<![\w{m}]){m}(?![\s{m}])(?P<{tag}>(?:<[^<>\n]*>|[^<{m}\n])+)(?<!\s){m}(?![\w{m}])"


INLINE = re.compile(
    "|".join(
        [
            r"`(?P<code>[^`\n]+)`",
            r"<(?P<special>[^<>\n]+)>",
            _paired("*", "strong"),
            _paired("_", "em"),
            _paired("~", "s"),
            r"(?<![\w:]):(?P<emoji>[a-z0-9_+-]+):",
        ]
    )
)


def mrkdwn(text: str, names: Names, *, verbatim: bool = False) -> Markup:
    """HTML of a text in Slack's markup: fences first, then quotes, then what stands within a line.

    Addresses become links even without `<...>`, unless the text is to be taken verbatim.
    """
    marked = text if verbatim else BARE_ADDRESS.sub(lambda found: f"<{found[1]}>" if found[1] else found[0], text)
    parts: list[Markup] = []
    for position, part in enumerate(FENCE.split(marked)):
        parts.append(Markup("<pre>{}</pre>").format(_code(part)) if position % 2 else _quotes(part, names))
    return Markup().join(parts)


def plain_text(text: str, *, with_emoji: bool = True) -> Markup:
    """A `plain_text` object: nothing but emoji is read as markup."""
    if not with_emoji:
        return escape(text)
    parts = EMOJI_NAME.split(text)
    return Markup().join(emoji(part) if position % 2 else escape(part) for position, part in enumerate(parts))


def may_link_to(url: str) -> bool:
    """Whether an address may stand in a link: web and mail, nothing that could run."""
    return ALLOWED_ADDRESS.match(url) is not None


def link(url: str, label: Markup | str) -> Markup:
    """A link to another site, opened apart from the page; only its label when the address is of another kind."""
    if not may_link_to(url):
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def _quotes(text: str, names: Names) -> Markup:
    parts: list[Markup] = []
    end = 0
    for quote in QUOTE.finditer(text):
        parts.append(_inline(text[end : quote.start()], names))
        quoted = QUOTE_MARK.sub("", quote.group()).rstrip("\n")
        parts.append(Markup("<blockquote>{}</blockquote>").format(_inline(quoted, names)))
        end = quote.end()
    parts.append(_inline(text[end:], names))
    return Markup().join(parts)


def _inline(text: str, names: Names) -> Markup:
    parts: list[Markup] = []
    end = 0
    for found in INLINE.finditer(text):
        parts.append(_literal(text[end : found.start()]))
        parts.append(_span(found, names))
        end = found.end()
    parts.append(_literal(text[end:]))
    return Markup().join(parts)


def _span(found: re.Match[str], names: Names) -> Markup:
    kind = str(found.lastgroup)
    content = found[kind]
    if kind == "code":
        return Markup("<code>{}</code>").format(_code(content))
    if kind == "special":
        return _special(content, names)
    if kind == "emoji":
        return emoji(content)
    return Markup("<{}>{}</{}>").format(kind, _inline(content, names), kind)


def _special(content: str, names: Names) -> Markup:
    target, _, label = content.partition("|")
    if target.startswith("@"):
        return mention(names.person(target[1:]) or label or target[1:])
    if target.startswith("#"):
        return mention_of_channel(target[1:], label, names)
    if target.startswith("!"):
        return _command(target[1:], label, names.zone)
    return link(_unescaped(target), _literal(label or target.removeprefix("mailto:")))


def mention(name: str) -> Markup:
    """A person, or everybody, named in a text."""
    return Markup('<span class="mention">@{}</span>').format(name)


def mention_of_channel(channel: str, label: str, names: Names) -> Markup:
    """A channel named in a text: a way there for those who see it, else no more than the label."""
    known = names.channel(channel)
    if known is None:
        return Markup('<span class="mention">#{}</span>').format(label or "private-channel")
    name, where = known
    return Markup('<a class="mention" href="{}">#{}</a>').format(where, name)


def _command(command: str, label: str, zone: tzinfo) -> Markup:
    """`<!here>` and its kin, user groups, and dates in the reader's zone."""
    if command.startswith("date^"):
        return _date(command, label, zone)
    if command.startswith("subteam^"):
        return mention((label or command.removeprefix("subteam^")).removeprefix("@"))
    return mention(label or command)


def _date(command: str, fallback: str, zone: tzinfo) -> Markup:
    _, seconds, form, *target = [*command.split("^"), ""][:4]
    if not re.fullmatch(r"[0-9]{1,11}", seconds):
        return _literal(fallback)
    at = datetime.fromtimestamp(int(seconds), UTC).astimezone(zone)
    shown = DATE_TOKEN.sub(lambda token: date_words(at, token[1]), _unescaped(form))
    time = Markup('<time datetime="{}">{}</time>').format(at.isoformat(), shown)
    return link(_unescaped("".join(target)), time)


def _unescaped(text: str) -> str:
    """Undoes the three escapes Slack asks for, and no others."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _literal(text: str) -> Markup:
    return escape(_unescaped(text))


def _code(text: str) -> Markup:
    """Code keeps every mark as typed; only a link is shown by its words."""
    return _literal(ESCAPED_OR_LINK.sub(lambda found: found[2] or found[1], text))


def emoji(name: str) -> Markup:
    """An emoji by its short name, which is also what is read out; an unknown one as it is written."""
    character = EMOJI.get(name)
    if character is None:
        return escape(f":{name}:")
    return Markup('<span class="emoji" role="img" aria-label="{}">{}</span>').format(name.replace("_", " "), character)
