"""One file a feature: what Slack sends is parsed, handed to one service, and answered."""

from bot import ids
from bot.listeners import feedback, home, of_cases, questions, roles
from bot.payloads import Click, HomeOpened, Said, Submission
from bot.payloads import Command as CommandPayload
from bot.registry import Action, Command, Event, Form, Registry

REGISTRY = Registry(
    commands=(
        Command(
            ids.SLASH_GUIDELINE,
            description="Ask what the guideline says; only you see the answer",
            usage_hint="[your question] or help",
            payload=CommandPayload,
            listener=questions.handle_command,
        ),
        *of_cases.COMMANDS,
    ),
    events=(
        Event("app_home_opened", "app_home_opened", None, HomeOpened, home.handle_home_opened),
        Event("app_mention", "app_mention", "app_mentions:read", Said, questions.handle_mention),
        Event("message", "message.im", "im:history", Said, questions.handle_direct_message),
        *of_cases.EVENTS,
    ),
    actions=(
        Action(ids.ASK_EXAMPLE, Click, questions.handle_example),
        Action(ids.CHOOSE_ENTRY, Click, questions.handle_choice),
        Action(ids.SEE_ENTRY, Click, questions.handle_see_entry),
        Action(ids.SHARE, Click, questions.handle_share),
        Action(ids.SET_ROLE, Click, roles.handle_role),
        Action(ids.FEEDBACK, Click, feedback.handle_feedback),
        Action(ids.TELL_ME, Click, feedback.handle_tell_me),
        Action(ids.ASK_OPEN, Click, home.handle_ask_open),
        Action(ids.BROWSE_SECTION, Click, home.handle_browse),
        Action(ids.BROWSE_PAGE, Click, home.handle_browse),
        Action(ids.BROWSE_ENTRY, Click, home.handle_browse_entry),
        *of_cases.ACTIONS,
    ),
    forms=(
        Form(ids.ASK_FORM, Submission, home.handle_ask_form),
        Form(ids.FEEDBACK_FORM, Submission, feedback.handle_feedback_form),
        *of_cases.FORMS,
    ),
)
"""Everything the bot listens to."""
