"""What is answered: from how likely each entry and each topic is, an outcome with the entries that are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from guideline_content.answers import Answer, Match, Outcome
from guideline_content.concepts import Unit
from guideline_content.models import Clause, Entry, Group, Guideline, Silence
from guideline_content.vocabulary import Topic, Vocabulary

MOST_MATCHES = 5
CHOICES = 3
SURE = (Outcome.ANSWERED, Outcome.SILENT)

# Probabilities, and shares of the likeliest entry's, chosen on questions kept apart (tests/questions/tuning.yaml).
SURE_FROM = 0.5
REFUSED_BELOW = 0.08
OUTSIDE_FROM = 0.3
URGENT_FROM = 0.1
MEMBER_SHARE = 0.5
BESIDE = 0.25
CHOICE_FROM = 0.05


@dataclass(frozen=True)
class Read:
    """A question as it was read: what does not depend on what is found. `crisis`: the topic of one that it tells of."""

    question: str
    role: str | None
    read_as: str | None
    language: str | None
    crisis: Topic | None = None

    def outside(self, topic: Topic, confidence: float, *, sure: bool) -> Answer:
        """Not covered; on what, only where that is sure."""
        answer = self.answer(Outcome.NOT_COVERED, (), confidence, small_talk=topic.title is None)
        return replace(answer, topic=topic.title if sure else None, local=self.language or topic.local)

    def answer(
        self,
        outcome: Outcome,
        matches: tuple[Match, ...],
        confidence: float,
        *,
        small_talk: bool = False,
    ) -> Answer:
        """The answer with what goes for any outcome. `confidence`: cut to 0..1."""
        confidence = max(0.0, min(1.0, confidence))
        crisis = self.crisis.local if self.crisis else None
        local = crisis or (self.language if outcome in (Outcome.NOT_COVERED, Outcome.UNSURE) else None)
        return Answer(
            self.question, outcome, matches, confidence, self.role, self.read_as, small_talk=small_talk, local=local
        )


class Judge:
    """Answers by probabilities. The same ones always give the same answer."""

    def __init__(self, guideline: Guideline, vocabulary: Vocabulary) -> None:
        self.guideline = guideline
        self._topics = {topic.id: topic for topic in vocabulary.topics}
        urgent = {id: {f"{{{concept}}}" for concept in named} for id, named in vocabulary.urgent.items()}
        self._urgent = {id: named for id, named in urgent.items() if id in guideline.entries}
        self._crises = {id: named for id, named in urgent.items() if id in self._topics}
        self._lines = {id: line for id in self._urgent if (line := _line(guideline, guideline.entries[id]))}
        self._all_lines = {*self._lines.values(), *(self._topics[id].local for id in self._crises)} - {None}
        self._cites = {id: frozenset(guideline.clause_ids(entry)) for id, entry in guideline.entries.items()}
        self._urgent_clauses = frozenset().union(*(self._cites[id] for id in self._urgent))
        self._silences = {silence.id for silence in guideline.silences}

    def cites(self, answer: Answer) -> frozenset[str]:
        """The clauses that an answer's first entry cites."""
        return self._cites[answer.matches[0].entry.id] if answer.matches else frozenset()

    def is_urgent(self, answer: Answer) -> bool:
        """Whether it is about what is not to be kept from anybody."""
        return not self._urgent_clauses.isdisjoint(self.cites(answer))

    def is_of_urgency(self, line: str | None) -> bool:
        """Whether it is one of the lines that nobody may miss."""
        return line in self._all_lines

    def judge(self, read: Read, likely: Mapping[str, float], units: Sequence[Unit]) -> Answer:
        """The answer where these are the probabilities of entries and of topics that the guideline does not cover.

        The line that belongs to what is urgent is shown with whatever else is said.
        """
        entries = {id: share for id, share in likely.items() if id not in self._topics}
        topics = {id: share for id, share in likely.items() if id in self._topics}
        said = {feature for unit in units for feature in unit}
        crisis = next((self._topics[id] for id, named in self._crises.items() if not said.isdisjoint(named)), None)
        told = [id for id, named in self._urgent.items() if not said.isdisjoint(named)]
        urgent = next((id for id in told if self._may_be_meant(id, entries)), None)
        answer = self._outcome(replace(read, crisis=crisis), entries, topics, units, urgent)
        if answer.outcome in SURE and self.is_of_urgency(_line(self.guideline, answer.matches[0].entry)):
            return answer
        line = next((self._lines[id] for id in told if id in self._lines), None)
        return replace(answer, local=answer.local or line)

    def _outcome(
        self,
        read: Read,
        entries: Mapping[str, float],
        topics: Mapping[str, float],
        units: Sequence[Unit],
        urgent: str | None,
    ) -> Answer:
        best = max(entries.values(), default=0.0)
        outside = sum(topics.values())
        refused = outside > max(OUTSIDE_FROM, best)
        if read.crisis and (refused or best < SURE_FROM):
            return read.outside(read.crisis, outside, sure=True)
        if refused:
            nearest = max(topics, key=lambda id: (topics[id], id))
            topic = self._topics[nearest]
            if topic.local or not urgent:
                if not units:
                    return read.answer(Outcome.NOT_COVERED, (), outside, small_talk=True)
                return read.outside(topic, outside, sure=topics[nearest] >= SURE_FROM)
        if best < REFUSED_BELOW:
            return read.answer(Outcome.NOT_COVERED, (), 1 - best, small_talk=not units)
        matches = self._matches(entries, read.role)
        if urgent and not any(self._cites[urgent] & self._cites[match.entry.id] for match in matches[:CHOICES]):
            beside = replace(self._match(self.guideline.entries[urgent], entries, read.role), score=BESIDE * best)
            matches = (matches[0], beside, *matches[1:])[:MOST_MATCHES]
        sure = self._support(matches[0].entry, entries)
        if sure < SURE_FROM:
            choices = [match for match in matches[:CHOICES] if match.score >= CHOICE_FROM * best]
            if urgent:
                choices.sort(key=lambda match: self._cites[urgent].isdisjoint(self._cites[match.entry.id]))
            return read.answer(Outcome.UNSURE, tuple(choices), sure)
        if isinstance(matches[0].entry, Silence):
            return read.answer(Outcome.SILENT, self._silent(matches[0], entries, read.role), sure)
        return read.answer(Outcome.ANSWERED, matches, sure)

    def _may_be_meant(self, urgent: str, entries: Mapping[str, float]) -> bool:
        """Whether an entry that is not to be kept from anybody is at all likely to be meant."""
        likely = sum(share for id, share in entries.items() if self._cites[id] <= self._cites[urgent])
        return likely > URGENT_FROM * sum(entries.values())

    def _matches(self, likely: Mapping[str, float], role: str | None) -> tuple[Match, ...]:
        """The likeliest entries, none that cites just what a likelier one cites."""
        matches: list[Match] = []
        cited: set[frozenset[str]] = set()
        for id in sorted(likely, key=lambda id: (-likely[id], id)):
            if self._cites[id] not in cited:
                cited.add(self._cites[id])
                matches.append(self._match(self.guideline.entries[id], likely, role))
                if len(matches) == MOST_MATCHES:
                    break
        return tuple(matches)

    def _support(self, entry: Entry, likely: Mapping[str, float]) -> float:
        """How likely it is that the entry answers: by itself, or because it says all that another one says."""
        if isinstance(entry, Silence):
            return likely[entry.id]
        says = self._cites[entry.id]
        silences = self._silences
        return sum(share for id, share in likely.items() if id not in silences and self._cites[id] <= says)

    def _silent(self, silence: Match, likely: Mapping[str, float], role: str | None) -> tuple[Match, ...]:
        """The silence and its nearest clauses, those first that the question comes closest to."""
        nearest = silence.entry.nearest if isinstance(silence.entry, Silence) else ()
        closest = sorted(nearest, key=lambda id: -likely.get(id, 0.0))
        return (silence, *(self._match(self.guideline.entries[id], likely, role) for id in closest))

    def _match(self, entry: Entry, likely: Mapping[str, float], role: str | None) -> Match:
        """The entry as a match, of a group with the member that was asked for."""
        bound = entry.applies_to if isinstance(entry, Clause) else ()
        members = [clause.id for clause in self.guideline.members(entry.id)] if isinstance(entry, Group) else []
        member = max(members, key=lambda id: likely.get(id, 0.0), default=None)
        share = likely.get(entry.id, 0.0)
        asked_for = member if member and likely.get(member, 0.0) > MEMBER_SHARE * share else None
        return Match(entry, share, role in bound if role and bound else None, asked_for)

    def again(self, read: Read, entries: Sequence[str], *, settled: bool) -> Answer:
        """The last answer once more, for another role."""
        if settled:
            return self.judge(read, {entries[0]: 1.0}, ())
        likely = dict.fromkeys(entries[:CHOICES], 1 / len(entries))
        choices = tuple(self._match(self.guideline.entries[id], likely, read.role) for id in likely)
        return read.answer(Outcome.UNSURE, choices, 1 / len(entries))


def _line(guideline: Guideline, entry: Entry) -> str | None:
    """The line that is ours and comes with an entry, or with a member of a group."""
    members = guideline.members(entry.id) if isinstance(entry, Group) else (entry,)
    return next((one.local for one in members if isinstance(one, Clause | Silence) and one.local), None)
