"""The standard Markdown of Slack's `markdown` block as HTML: no raw HTML, no images, no addresses that could run."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from bot.local.page.mrkdwn import may_link_to

BELOW_THE_PAGE_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}


def markdown(text: str) -> Markup:
    """HTML of a Markdown text; its headings rank below the page's own two."""
    return Markup(RENDERER.render(text))  # noqa: S704 - markdown-it escapes, and html is off


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    tokens[at].attrSet("target", "_blank")
    tokens[at].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, at, options, env)


def _heading(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    tokens[at].tag = BELOW_THE_PAGE_HEADINGS[tokens[at].tag]
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
