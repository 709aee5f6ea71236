"""Each name that Slack sends back to us, written once: the view puts it in, the listener waits for it."""

import re

SLASH_GUIDELINE = "/guideline"

ASK_EXAMPLE = "ask-example"
ASK_OPEN = "ask-open"
ASK_FORM = "ask-form"
BROWSE_SECTION = "browse-section"
BROWSE_PAGE = "browse-page"
BROWSE_ENTRY = "browse-entry"
CHOOSE_ENTRY = "choose-entry"
FEEDBACK = "feedback"
FEEDBACK_FORM = "feedback-form"
SEE_ENTRY = "see-entry"
SET_ROLE = "set-role"
SHARE = "share"

QUESTION_BLOCK = "question"
WANTED_BLOCK = "wanted"
TEXT_INPUT = "text"


def one_of_many(action_id: str, which: str) -> str:
    """An action_id for one of several buttons of a kind: Slack wants them unique on a surface."""
    return f"{action_id}.{which}"


def any_of(action_id: str) -> re.Pattern[str]:
    """Matches the kind's own action_id and each made by `one_of_many`."""
    return re.compile(rf"^{re.escape(action_id)}(\..+)?$")
