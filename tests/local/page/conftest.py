"""Requests to the page, as a browser would send them and as it would not."""

from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest


class Answer:
    """What came back."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()


@pytest.fixture
def ask(workspace):
    """Sends one request; `form` makes it a POST from the page itself, `headers` changes what it says of itself."""

    def ask(path, form=None, **headers):
        where = urlsplit(workspace.url)
        connection = HTTPConnection(where.hostname, where.port)
        sent = {"Origin": f"http://{where.netloc}", "Content-Type": "application/x-www-form-urlencoded"} if form else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in sent.items() if value is not None}
        connection.request("POST" if form else "GET", path, urlencode(form) if form else None, kept)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    return ask
