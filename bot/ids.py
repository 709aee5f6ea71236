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
TELL_ME = "tell-me"

QUESTION_BLOCK = "question"
WANTED_BLOCK = "wanted"
TELL_ME_BLOCK = "tell-me"
TEXT_INPUT = "text"


def one_of_many(action_id: str, which: str) -> str:
    """An action_id for one of several buttons of a kind: Slack wants them unique on a surface."""
    return f"{action_id}.{which}"


def any_of(action_id: str) -> re.Pattern[str]:
    """Matches the kind's own action_id and each made by `one_of_many`."""
    return re.compile(rf"^{re.escape(action_id)}(\..+)?$")


SLASH_RECONCILE = "/reconcile"
SLASH_CONSULT = "/consult"
SLASH_CONSULTATIONS = "/consultations"
SLASH_LETTER = "/termination-letter"

CASE_OPEN = "case-open"
CASE_FORM = "case-form"
CASE_SHOW = "case-show"
CASE_LIST = "case-list"
CASE_CHOOSE = "case-choose"
CASE_CLOSE = "case-close"
CASE_CLOSE_FORM = "case-close-form"
CASE_JOIN = "case-join"
CASE_JOIN_FORM = "case-join-form"
CASE_MOVE = "case-move"
CASE_MOVE_FORM = "case-move-form"

STEP_DONE = "step-done"
STEP_OPEN = "step-open"
STEP_ANSWER = "step-answer"
STEP_STATE = "step-state"
STEP_STATE_FORM = "step-state-form"
STEP_ASIDE = "step-not-applicable"
STEP_ASIDE_FORM = "step-not-applicable-form"
STEP_NOTE = "step-note"
STEP_NOTE_FORM = "step-note-form"
STEP_READ = "step-read"

CONSULTATION_LOG = "consultation-log"
CONSULTATION_FORM = "consultation-form"
CONSULTATIONS = "consultations"
READINESS = "readiness"
EXCEPTION_DECLARE = "exception-declare"
EXCEPTION_FORM = "exception-form"
EXCEPTION_WITHDRAW = "exception-withdraw"
EXCEPTION_WITHDRAW_FORM = "exception-withdraw-form"

LETTER_DRAFT = "letter-draft"
LETTER_DRAFT_FORM = "letter-draft-form"
LETTER_REASONS = "letter-reasons"
LETTER_REVISE = "letter-revise"
LETTER_REVISE_FORM = "letter-revise-form"
LETTER_WORDING = "letter-wording"
LETTER_WORDING_FORM = "letter-wording-form"
LETTER_SUBMIT = "letter-submit"
LETTER_APPROVE = "letter-approve"
LETTER_APPROVE_FORM = "letter-approve-form"
LETTER_CHANGES = "letter-request-changes"
LETTER_CHANGES_FORM = "letter-request-changes-form"
LETTER_REJECT = "letter-reject"
LETTER_REJECT_FORM = "letter-reject-form"
LETTER_READ = "letter-read"
LETTER_RATIONALE = "letter-rationale"

INPUT = "input"
"""The one element of an input block; the block says which field it is."""
