"""The forms of a case itself: open it, add people, move it, close it; and which case is meant."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import ids
from bot.references import Origin
from bot.views.blocks import escape, sections
from bot.views.cases import CLOSED_AS, ShownCase, role_title
from bot.views.inputs import MOST_OPTIONS, chosen, people, person, private_channel, ticked, written
from conversations.cases import Case
from conversations.lifecycle import LONGEST_LABEL
from guideline_content.models import Guideline

READERS = "All members of that channel can read the case. It has to be private, and I have to be in it."


def form(callback_id: str, title: str, submit: str, origin: Origin, blocks: Sequence[Block]) -> View:
    """A form of a case."""
    return View(
        type="modal",
        callback_id=callback_id,
        private_metadata=origin.metadata(),
        title=title,
        submit=submit,
        close="Cancel",
        blocks=list(blocks),
    )


def build_case_form(guideline: Guideline, origin: Origin, *, by: str, role: str | None) -> View:
    """Open a case. `by`: who does; `role`: theirs, if it is known."""
    roles = [(known.id, known.title) for known in guideline.roles]
    return form(
        ids.CASE_FORM,
        "Open a case",
        "Open",
        origin,
        [
            *sections("A case is one relationship in difficulty. It gets a code, and no patient's identity."),
            written("label", "What it is about, in a few words", longest=LONGEST_LABEL, lines=False),
            private_channel("channel", "Private channel that the case lives in", READERS),
            person("provider", "Most responsible provider", initial=by),
            chosen("role", "Role of the most responsible provider", roles, initial=role),
            people("participants", "Participants", "You take part in any case. They can work on its steps."),
        ],
    )


def build_join_form(shown: ShownCase, origin: Origin) -> View:
    """Add people to a case."""
    hint = "Invite them to the channel as well, or they will not see the case there."
    return form(
        ids.CASE_JOIN_FORM,
        "Add participants",
        "Add",
        origin,
        [*which_case(shown), people("participants", "Who takes part from now on", hint, optional=False)],
    )


def build_move_form(shown: ShownCase, origin: Origin) -> View:
    """Let a case go on elsewhere."""
    return form(
        ids.CASE_MOVE_FORM,
        "Move the case",
        "Move",
        origin,
        [*which_case(shown), private_channel("channel", "Private channel that the case goes on in", READERS)],
    )


def build_close_form(shown: ShownCase, origin: Origin) -> View:
    """Close a case without a letter."""
    reasons = [(reason.value, words.capitalize()) for reason, words in CLOSED_AS.items()]
    return form(
        ids.CASE_CLOSE_FORM,
        "Close the case",
        "Close it",
        origin,
        [
            *which_case(shown),
            *sections("Nothing in a closed case can be changed any more. An approval of its letter ceases to count."),
            ticked("reason", "Why it is closed", reasons),
            written("note", "Note", optional=True),
        ],
    )


def build_chooser(cases: Sequence[Case], title: str, purpose: str) -> View:
    """Which case is meant? `purpose`: the action that the choice leads to."""
    offered = cases[-MOST_OPTIONS:]
    hint = None
    if len(cases) > len(offered):
        hint = f"The {len(offered)} newest of your {len(cases)} open cases. For another one, write its code."
    options = [(case.code, f"{case.code} · {case.label}") for case in reversed(offered)]
    return View(
        type="modal",
        callback_id=ids.CASE_CHOOSE,
        private_metadata=purpose,
        title=title,
        submit="Continue",
        close="Cancel",
        blocks=[chosen("case", "Case", options, hint=hint)],
    )


def which_case(shown: ShownCase) -> list[Block]:
    """Says in a form which case it is about."""
    role = role_title(shown.pathway, shown.case.provider_role)
    return list(sections(f"*{escape(shown.name)}*   {escape(role)}"))
