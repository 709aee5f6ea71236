"""The standard Markdown of Slack's `markdown` block as HTML: no raw HTML, no images, no addresses that could run."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from bot.local.page.mrkdwn import may_link_to

LOWEST_HEADING = 6


def markdown(text: str, heading: int) -> Markup:
    """HTML of a Markdown text; its first rank of headings becomes `heading`, to lie below the page's own."""
    return Markup(RENDERER.render(text, {"heading": heading}))  # noqa: S704 - markdown-it escapes, and html is off


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    if not tokens[at].attrGet("href"):
        del tokens[at].attrs["href"]  # a link to nowhere would load the page anew
    tokens[at].attrSet("target", "_blank")
    tokens[at].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, at, options, env)


def _heading(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    rank = int(tokens[at].tag.removeprefix("h")) - 1 + env["heading"]
    tokens[at].tag = f"h{min(rank, LOWEST_HEADING)}"
    return renderer.renderToken(tokens, at, options, env)


def _renderer() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["strikethrough", "table"])
    parser.disable(["image", "html_block", "html_inline"])
    parser.validateLink = may_link_to  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading)
    return parser


RENDERER = _renderer()
