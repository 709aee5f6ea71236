"""What is taken for a patient's identifier, and what is not."""

# ruff: noqa: RUF001

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.identifiers import Kind, find, mask

LOOKS_LIKE = {
    Kind.PHIN: [
        "PHIN 123456789",
        "phin:123-456-789",
        "123 456 789",
        "123 - 456 - 789",
        "PHIN123456789",
        "her PHIN is 123456789, seen twice",
        "12 345 6789",
        "123-456789",
        "1 2 3 4 5 6 7 8 9",
        "12 34 56 78 9",
        "１２３４５６７８９",
        "١٢٣٤٥٦٧٨٩",
        "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣",
        "123\u00a0456\u2011789",
        "123\u2013456\u2212789",
        "123\u200b456\u200b789",
        "12345\u00ad6789",
        "*123456789*",
        "_123456789_",
        "电话123456789",
    ],
    Kind.REGISTRATION: [
        "her Manitoba Health registration is 123456",
        "Registration number: 123 456",
        "reg # 123-456",
        "MHSC 123456",
        "health card no. 123456",
        "123456 is the family registration number",
        "PHIN 123456",
    ],
    Kind.PHONE: [
        "204-555-1234",
        "(204) 555-1234",
        "(204)555-1234",
        "+1 (204) 555 1234",
        "1-204-555-1234",
        "1.204.555.1234",
        "2045551234",
        "12045551234",
        "+12045551234",
        "204 5551234",
        "204/555-1234",
        "204–555–1234",
        "123-456-7890",
        "my number is 1234567890",
        "20 45 55 12 34",
        "555-1234",
        "call 555 1234",
        "cell5551234 or cell 5551234",
        "+44 20 7946 0958",
        "<tel:2045551234|(204) 555-1234>",
        "<tel:+12045551234>",
        "<tel:2045551234|Call us>",
        "<tel:2047867111|204-555-1234>",
    ],
    Kind.EMAIL: [
        "jane.doe@example.ca",
        "JANE_DOE+x@mail.example.ca",
        "JANE＠EXAMPLE．CA",
        "jane@exam\u200bple.ca",
        "<mailto:jane@example.ca|jane@example.ca>",
        "josé@exämple.ca",
        "a2047867111@example.ca",
    ],
    Kind.BIRTH: [
        "born 1980-05-03",
        "DOB 03/05/80",
        "dob: May 3, 1980",
        "dob03/05/80",
        "D.O.B. 3 5 1980",
        "DOB: the 3rd of May 2011",
        "date of birth 2011/05/03",
        "2015-05-03 (dob)",
        "birthday May 3",
        "DOB 19800503",
        "DOB 030580",
        "born in May 1980",
        "née le 3 mai 1980",
        "d.d.n. ou date de naissance: 3 février 2012",
        "Jane, 1980-05-03, is angry",
        "3-May-1980",
        "03MAY1980",
    ],
    Kind.POSTAL_CODE: ["R3C 4A5", "r3c4a5", "R3C-4A5", "R3C\u00a04A5", "lives at R3C  4A5."],
}

PASSES = [
    "30 days",
    "emergency care for at least 30 days and 30 days of refills",
    "4.2.3",
    "§4.2.3 Ending phase",
    "in 2016 and 2024, 2019-2020",
    "TR-4F7K",
    "<@U0123456789> and <#C0123456789|general>",
    "U0123456789",
    "<!date^1392734382^{date}|2024>",
    "1700000000.123456",
    "call 204-786-7111 in Winnipeg or toll-free at 1-866-690-8260",
    "(204) 786-7111, +1 866 690 8260 30 days, 786-7111, 2047867111",
    "<tel:2047867111|204-786-7111> <tel:+18666908260|1-866-690-8260>",
    "policy 20.10.040",
    "policy 110.130.030",
    "meeting on 2024-05-03 at 14:30",
    "meeting on 2024-05-03 9 people came",
    "met May 3 2024 1030 am",
    "May 3, 2024 and 03/05/2024, from 2024-05-03 - 2024-06-07",
    "12,345 messages and 123456 views",
    "a stubborn patient, seen 2024-05-03",
    "dobutamine 03/05/24",
    "30 60 90 120 days",
    "911 or 811, 24/7",
    "steps 1 2 3 of 4",
    "W2Z 1Z1 and D3C 4A5 begin with letters that no postal code begins with",
    "B12 shots, 10 mg, 1/2 tablet",
    "who signs @ the clinic? @here",
    "",
    "🙂 ```code``` https://example.ca/a-b_c?d=1",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in LOOKS_LIKE.items() for text in texts])
def test_it_is_found_as_what_it_is(kind: Kind, text: str) -> None:
    assert {found.kind for found in find(text)} == {kind}


@pytest.mark.parametrize("text", [text for texts in LOOKS_LIKE.values() for text in texts])
def test_nothing_of_it_is_left_when_it_is_masked(text: str) -> None:
    masked = mask(text)
    assert find(masked) == ()
    assert not any(character.isdigit() for character in masked)
    assert "@" not in masked


@pytest.mark.parametrize("text", PASSES)
def test_it_passes(text: str) -> None:
    assert find(text) == ()
    assert mask(text) == text


def test_birth_control_is_not_a_birth() -> None:
    assert find("birth control renewed 2024-05-03") == ()


def test_the_mask_says_what_was_removed_and_keeps_the_rest() -> None:
    text = "Jane (PHIN 123 456 789, R3C 4A5) <mailto:jane@example.ca|jane@example.ca> hit a nurse on 2024-05-03."
    assert mask(text) == (
        "Jane (PHIN [removed: PHIN], [removed: postal code]) [removed: e-mail address] hit a nurse on 2024-05-03."
    )


def test_the_sentence_explains_without_repeating() -> None:
    (found,) = find("PHIN 123 456 789?")
    assert "PHIN" in found.sentence
    assert "take it out" in found.sentence
    assert not any(character.isdigit() for character in found.sentence)


def test_a_span_is_where_the_text_has_it_with_what_is_invisible_in_it() -> None:
    text = "ﬁrst: 123\u200b456\u200b789\u200b!"
    (found,) = find(text)
    assert text[slice(*found.span)] == "123\u200b456\u200b789\u200b"


def test_several_are_found_in_the_order_of_the_text() -> None:
    kinds = [found.kind for found in find("R3C 4A5, 123456789, jane@example.ca, dob 1980-05-03, 204-555-1234")]
    assert kinds == [Kind.POSTAL_CODE, Kind.PHIN, Kind.EMAIL, Kind.BIRTH, Kind.PHONE]


@pytest.mark.parametrize("written", ["(204) 555-1234", "+1 204.555.1234", "2045551234", "555-1234"])
def test_a_number_that_is_allowed_passes_however_it_is_written(written: str) -> None:
    assert find(written, allowed=["1-204-555-1234"]) == ()


def test_allowing_something_without_digits_allows_nothing() -> None:
    assert find("jane@example.ca", allowed=["none", ""])


def test_an_allowed_number_does_not_let_a_longer_one_pass() -> None:
    assert find("123 456 789", allowed=["123456"])


def test_a_field_can_permit_a_kind() -> None:
    text = "phone 204-555-1234 or jane@example.ca"
    permitting = frozenset({Kind.PHONE})
    assert [found.kind for found in find(text, permitting=permitting)] == [Kind.EMAIL]
    assert mask(text, permitting=permitting) == "phone 204-555-1234 or [removed: e-mail address]"


def test_identifiers_that_overlap_are_removed_together() -> None:
    assert mask("123 456 789 012") == "[removed: PHIN]"


def test_a_placeholder_announces_nothing() -> None:
    assert mask("Jane, 1980-05-03, seen 2024-05-03") == "Jane, [removed: date of birth], seen 2024-05-03"


PIECES = st.sampled_from(
    [text for texts in LOOKS_LIKE.values() for text in texts]
    + PASSES
    + [
        " ",
        "-",
        "(",
        ")",
        "+",
        "1",
        "204",
        "555",
        "1234",
        "19",
        "80",
        ".",
        "@",
        "a",
        "<tel:",
        "|",
        ">",
        "\u200b",
        "dob",
    ]
    + [f"[removed: {kind}]" for kind in Kind]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map("".join)))
@settings(max_examples=400, deadline=None)
def test_what_is_left_after_masking_has_nothing_to_find(text: str) -> None:
    masked = mask(text)
    assert find(masked) == ()
    assert mask(masked) == masked


@given(st.text(alphabet=st.characters(), max_size=100), st.sampled_from(["123 456 789", "jane@example.ca"]))
@settings(deadline=None)
def test_a_span_is_inside_the_text_and_spans_do_not_overlap(around: str, identifier: str) -> None:
    text = f"{around} {identifier} {around}"
    spans = [found.span for found in find(text)]
    ends = [0, *(end for _, end in spans)]
    assert all(end <= start < stop <= len(text) for end, (start, stop) in zip(ends, spans, strict=False))


@pytest.mark.parametrize(
    "text", ["1" * 3000, "1 " * 1500, "a@" * 1500, "<tel:" * 600, "1 may " * 500, "a." * 1499 + "@a", "born " * 600]
)
def test_long_monotonous_texts_are_screened(text: str) -> None:
    assert find(mask(text)) == ()
