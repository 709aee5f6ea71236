"""Points in time as people read them."""

from datetime import datetime, timedelta


def clock(at: datetime) -> str:
    """`2:05 PM`."""
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def day_words(at: datetime, now: datetime) -> str:
    """A day as the divider between messages names it: today, yesterday, or the date with its weekday."""
    days = (now.date() - at.date()) / timedelta(days=1)
    if days in (0, 1):
        return "Today" if days == 0 else "Yesterday"
    words = f"{at:%A}, {at:%B} {at.day}"
    return words if at.year == now.year else f"{words}, {at.year}"


def date_words(at: datetime, form: str) -> str:
    """One of Slack's date forms (`date_short`, `time`, ...) in words.

    The "pretty" forms, which say "yesterday", are given in full: nothing would renew them at midnight.
    """
    day = f"{at:%B} {at.day}, {at.year}"
    short = f"{at:%b} {at.day}, {at.year}"
    forms = {
        "date_num": f"{at:%Y-%m-%d}",
        "date": day,
        "date_pretty": day,
        "date_short": short,
        "date_short_pretty": short,
        "date_long": f"{at:%A}, {day}",
        "date_long_pretty": f"{at:%A}, {day}",
        "date_slash": f"{at:%m/%d/%Y}",
        "time": clock(at),
        "time_secs": f"{at.hour % 12 or 12}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}",
        "ago": f"on {day}",
    }
    return forms.get(form, f"{{{form}}}")
