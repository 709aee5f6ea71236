"""The largest case that people can make: every field as long as it may be."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from conversations.cases import Case, CaseForm, ConsultationForm
from conversations.letter_services import Letters
from conversations.letters import acknowledgements
from conversations.services import Cases
from conversations.sqlite_store import SQLiteStore
from guideline_content.letter_text import LetterForm
from guideline_content.pathway import Pathway

LONGEST = 3000
PEOPLE = tuple(f"U{number:09d}" for number in range(40))
AUTHOR, SUPERVISOR = PEOPLE[0], "USUPERVISOR"
NOON = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)
TODAY = date(2027, 3, 1)
ZONE = ZoneInfo("America/Winnipeg")
LETTERS = "abcdefghij"


def words(prefix: str, longest: int = LONGEST) -> str:
    """A text of this length in which each word is another one, so that one that is lost is missed."""
    made = ""
    number = 0
    while len(made) + len(prefix) + 5 <= longest:
        made += f"{prefix}{''.join(LETTERS[int(digit)] for digit in f'{number:04d}')} "
        number += 1
    return made.ljust(longest, "x")


class BigCase:
    """Made through the services, as people would."""

    def __init__(self, file: Path, pathway: Pathway) -> None:
        self.store = SQLiteStore(file)
        self.pathway = pathway
        self.now = NOON
        supervisors = frozenset({SUPERVISOR, *(f"USUPER{number}" for number in range(20))})
        common = (self.store.cases, pathway, supervisors, lambda *_: False, ZONE)
        self.supervisors = supervisors
        self.cases, self.letters = Cases(*common), Letters(*common)
        form = CaseForm(label="L" * 120, channel="C1", provider=AUTHOR, role="physician", participants=PEOPLE)
        self.code = self.cases.open(form, by=AUTHOR, at=self.at()).code

    def at(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    @property
    def case(self) -> Case:
        case = self.store.cases.load(self.code)
        assert case is not None
        return case

    def fill(self) -> None:
        self.work_steps()
        for number in range(30):
            self.consult(number)
        self.write_letter(12)

    def work_steps(self) -> None:
        code, by = self.code, AUTHOR
        self.cases.answer(code, "impairment", "suspected", seen=0, by=by, at=self.at())
        for step in ("work-together", "consider-reasons", "behavioural-contract"):
            self.cases.set_aside(code, step, words(f"aside{step[0]}"), seen=0, by=by, at=self.at())
        for step in ("consult-team", "consult-supervisor", "consult-mental-health-specialist"):
            self.cases.set_aside(code, step, words("noneof"), seen=0, by=by, at=self.at())
        for step in ("severe-behaviour", "every-alternative-taken", "risks-considered"):
            self.cases.state(code, step, words(f"stated{step[0]}"), seen=0, by=by, at=self.at())
        for number in range(40):
            self.cases.add_note(
                code, "work-together", words(f"note{LETTERS[number // 10]}{LETTERS[number % 10]}"), by=by, at=self.at()
            )
        statement = words("safety")
        self.cases.declare_safety_exception(code, "violence", statement, by=by, at=self.at())

    def consult(self, number: int) -> None:
        prefix = f"{LETTERS[number // 10]}{LETTERS[number % 10]}"
        form = ConsultationForm(
            kinds=tuple(choice.id for choice in self.pathway.checklists.consultation_kinds),
            people=PEOPLE,
            others=words(f"others{prefix}"),
            day=TODAY,
            way="phone",
            asked=words(f"asked{prefix}"),
            advised=words(f"advised{prefix}"),
            next_step=words(f"next{prefix}"),
        )
        self.cases.consult(self.code, form, by=AUTHOR, at=self.at())

    def form(self, version: int) -> LetterForm:
        prefix = f"{LETTERS[version // 10]}{LETTERS[version % 10]}"
        return LetterForm(
            rationale=words(f"rationale{prefix}"),
            continuing_care=words(f"care{prefix}"),
            options=words(f"options{prefix}"),
            start=TODAY,
            end=TODAY + timedelta(days=30),
        )

    def write_letter(self, versions: int) -> None:
        code, by = self.code, AUTHOR
        self.letters.draft(code, self.form(1), authors=PEOPLE, by=by, at=self.at())
        for version in range(2, versions + 1):
            prefix = f"{LETTERS[version // 10]}{LETTERS[version % 10]}"
            parts = [part.id for part in self.pathway.letter.parts if part.field is None]
            edits = {
                part: words(
                    f"{part[:4].strip('-')}{number}q{prefix}".replace("-", "").translate(
                        str.maketrans("0123456789", LETTERS)
                    )
                )
                for number, part in enumerate(parts)
            }
            self.letters.revise(code, self.form(version), edits, seen=version - 1, by=by, at=self.at())

    def submit(self) -> None:
        """Once the letter says what is required: in the standard wording."""
        latest = self.case.letters[-1].latest
        self.letters.revise(self.code, self.form(13), {}, seen=latest.number, by=AUTHOR, at=self.at())
        self.letters.submit(self.code, seen=latest.number + 1, by=AUTHOR, at=self.at())

    def acknowledged(self) -> list[str]:
        return [one.id for one in acknowledgements(self.case, self.pathway)]
