"""Asking: in a direct message, by mention, by command, by a click; and what can be done with an answer."""

from bot.payloads import Click, Command, Payload, Said
from bot.replies import post, replace_answer, share, show_answers, show_modal, shown, tell
from bot.turn import Turn
from bot.views.blocks import note
from bot.views.help import build_greeting, build_help
from bot.views.questions import Place, build_entry_modal, build_shared_answer
from conversations.asking import Asked

SHARED_ALREADY = "You shared this answer already. To share it again, ask again."


def handle_direct_message(turn: Turn[Said]) -> None:
    """Answer in the thread of the message; before the first answer of all comes a greeting."""
    said = turn.payload
    if not said.is_direct or not _is_new(turn):
        return
    if not turn.asking.store.claim(f"greeted {said.user}", at=turn.at):
        _answer(turn)
        return
    post(turn, said.channel, said.thread, build_greeting(turn.asking.guideline))
    if not _asks_for_help(said.question):
        _answer(turn, greeted=True)


def handle_mention(turn: Turn[Said]) -> None:
    """Answer in the thread of the mention."""
    if _is_new(turn):
        _answer(turn)


def handle_command(turn: Turn[Command]) -> None:
    """Answer so that only the asker sees it."""
    command = turn.payload
    if _asks_for_help(command.question):
        tell(turn, build_help(turn.asking.guideline))
    else:
        show_answers(turn, _ask(turn, command.question, command.user_id, command.conversation))


def handle_example(turn: Turn[Click]) -> None:
    """Answer an example question as if the person had asked it."""
    click = turn.payload
    show_answers(turn, _ask(turn, click.value, click.user, click.conversation))


def handle_choice(turn: Turn[Click]) -> None:
    """Settle "Did you mean" where it was asked; whoever else clicks reads the entry in a modal."""
    answer_id, _, entry_id = turn.payload.value.partition(":")
    asked = turn.asking.recall(answer_id)
    if asked.person == turn.payload.user:
        replace_answer(turn, turn.asking.choose(answer_id, entry_id, at=turn.at))
    else:
        _open_entry(turn, entry_id)


def handle_see_entry(turn: Turn[Click]) -> None:
    """Open what an answer leads on to."""
    _open_entry(turn, turn.payload.value)


def handle_share(turn: Turn[Click]) -> None:
    """Post the answer for the whole channel, once, and say who shared it."""
    asked = turn.asking.recall(turn.payload.value)
    if turn.asking.store.claim(f"shared {asked.id}", at=turn.at):
        share(turn, build_shared_answer(shown(turn, asked, Place.SHARED), by=turn.payload.user))
    else:
        tell(turn, [note(SHARED_ALREADY)])


def _answer(turn: Turn[Said], *, greeted: bool = False) -> None:
    """Answer what was said. After a greeting, small talk needs no answer of its own."""
    said = turn.payload
    if _asks_for_help(said.question):
        post(turn, said.channel, said.thread, build_help(turn.asking.guideline))
        return
    asked = _ask(turn, said.question, str(said.user), said.conversation)
    if not (greeted and asked[0].answer.small_talk):
        show_answers(turn, asked)


def _ask(turn: Turn[Payload], question: str, person: str, conversation: str) -> tuple[Asked, ...]:
    return turn.asking.ask(question, person=person, conversation=conversation, at=turn.at)


def _is_new(turn: Turn[Said]) -> bool:
    """True once for each message of a person: a mention in a direct message may arrive as two events."""
    said = turn.payload
    return said.by_person and turn.asking.store.claim(f"message {said.channel} {said.ts}", at=turn.at)


def _asks_for_help(question: str) -> bool:
    return question.lower().strip("?! ") in {"", "help"}


def _open_entry(turn: Turn[Click], entry_id: str) -> None:
    asking, click = turn.asking, turn.payload
    view = build_entry_modal(
        asking.guideline, asking.entry(entry_id), asking.role(click.user), back=click.private_metadata
    )
    show_modal(turn, view)
