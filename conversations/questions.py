"""The register of questions that the guideline did not answer, or not well: what content editors read."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Reason(StrEnum):
    """Why a question is in the register."""

    UNSURE = "unsure"
    SILENT = "silent"
    NOT_COVERED = "not_covered"
    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"


class RegisteredQuestion(BaseModel):
    """One line of the register. Its texts are screened for identifiers before they come here.

    `id`: unique; `question`: what was asked; `wanted`: what the person says they looked for;
    `entries`: ids of the entries shown, best first; `role`: the asker's role id; `content_version`: Guideline.version.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    at: AwareDatetime
    reason: Reason
    question: str
    wanted: str | None = None
    entries: tuple[str, ...] = ()
    role: str | None = None
    content_version: str
