"""What the bot listens to for cases."""

from bot import ids
from bot.listeners import cases, checklists, consultations, letters, readiness
from bot.payloads import CameIn, Click, Submission
from bot.payloads import Command as CommandPayload
from bot.registry import Action, Command, Event, Form

COMMANDS = (
    Command(
        ids.SLASH_RECONCILE,
        description="Open a case to reconcile a relationship, or show one",
        usage_hint="[code]",
        payload=CommandPayload,
        listener=cases.handle_reconcile,
    ),
    Command(
        ids.SLASH_CONSULT,
        description="Log a team consultation",
        usage_hint="[code]",
        payload=CommandPayload,
        listener=consultations.handle_consult,
    ),
    Command(
        ids.SLASH_CONSULTATIONS,
        description="List the consultations of a case",
        usage_hint="[code]",
        payload=CommandPayload,
        listener=consultations.handle_consultations,
    ),
    Command(
        ids.SLASH_LETTER,
        description="See whether a termination letter can be drafted, and draft it",
        usage_hint="[code]",
        payload=CommandPayload,
        listener=readiness.handle_command,
    ),
)
EVENTS = (Event("member_joined_channel", "member_joined_channel", "groups:read", CameIn, cases.handle_came_in),)
ACTIONS = (
    Action(ids.CASE_OPEN, Click, cases.handle_open),
    Action(ids.CASE_SHOW, Click, cases.handle_show),
    Action(ids.CASE_LIST, Click, cases.handle_list),
    Action(ids.CASE_CLOSE, Click, cases.handle_close),
    Action(ids.CASE_JOIN, Click, cases.handle_join),
    Action(ids.CASE_MOVE, Click, cases.handle_move),
    Action(ids.STEP_DONE, Click, checklists.handle_done),
    Action(ids.STEP_OPEN, Click, checklists.handle_reopen),
    Action(ids.STEP_ANSWER, Click, checklists.handle_answer),
    Action(ids.STEP_STATE, Click, checklists.handle_state),
    Action(ids.STEP_ASIDE, Click, checklists.handle_aside),
    Action(ids.STEP_NOTE, Click, checklists.handle_note),
    Action(ids.STEP_READ, Click, checklists.handle_read),
    Action(ids.CONSULTATION_LOG, Click, consultations.handle_log),
    Action(ids.CONSULTATIONS, Click, consultations.handle_list),
    Action(ids.READINESS, Click, readiness.handle_check),
    Action(ids.EXCEPTION_DECLARE, Click, readiness.handle_declare),
    Action(ids.EXCEPTION_WITHDRAW, Click, readiness.handle_withdraw),
    Action(ids.LETTER_DRAFT, Click, letters.handle_draft),
    Action(ids.LETTER_REASONS, Click, letters.handle_reasons),
    Action(ids.LETTER_REVISE, Click, letters.handle_revise),
    Action(ids.LETTER_WORDING, Click, letters.handle_wording),
    Action(ids.LETTER_SUBMIT, Click, letters.handle_submit),
    Action(ids.LETTER_APPROVE, Click, letters.handle_approve),
    Action(ids.LETTER_CHANGES, Click, letters.handle_changes),
    Action(ids.LETTER_REJECT, Click, letters.handle_reject),
    Action(ids.LETTER_READ, Click, letters.handle_read),
    Action(ids.LETTER_RATIONALE, Click, letters.handle_rationale),
)
FORMS = (
    Form(ids.CASE_FORM, Submission, cases.handle_case_form),
    Form(ids.CASE_CHOOSE, Submission, cases.handle_chosen),
    Form(ids.CASE_CLOSE_FORM, Submission, cases.handle_close_form),
    Form(ids.CASE_JOIN_FORM, Submission, cases.handle_join_form),
    Form(ids.CASE_MOVE_FORM, Submission, cases.handle_move_form),
    Form(ids.STEP_STATE_FORM, Submission, checklists.handle_state_form),
    Form(ids.STEP_ASIDE_FORM, Submission, checklists.handle_aside_form),
    Form(ids.STEP_NOTE_FORM, Submission, checklists.handle_note_form),
    Form(ids.CONSULTATION_FORM, Submission, consultations.handle_form),
    Form(ids.EXCEPTION_FORM, Submission, readiness.handle_exception_form),
    Form(ids.EXCEPTION_WITHDRAW_FORM, Submission, readiness.handle_withdrawal_form),
    Form(ids.LETTER_DRAFT_FORM, Submission, letters.handle_draft_form),
    Form(ids.LETTER_REVISE_FORM, Submission, letters.handle_revise_form),
    Form(ids.LETTER_WORDING_FORM, Submission, letters.handle_wording_form),
    Form(ids.LETTER_APPROVE_FORM, Submission, letters.handle_approve_form),
    Form(ids.LETTER_CHANGES_FORM, Submission, letters.handle_changes_form),
    Form(ids.LETTER_REJECT_FORM, Submission, letters.handle_reject_form),
)
