"""Desks for tests: the app in this process, as a browser that rosterkit opened sees it."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2
from starlette.testclient import TestClient

from rosterkit.desk.app import make_app
from rosterkit.desk.desk import Desk
from rosterkit.desk.worker import Worker

PORT, TOKEN = 8123, "token-of-the-tests"
ORIGIN = f"http://127.0.0.1:{PORT}"
OWN = {"origin": ORIGIN}


def new_desk(folder: Path, language: str | None = "id") -> Desk:
    """A desk of a folder with an inbox."""
    (folder / "masuk").mkdir(parents=True, exist_ok=True)
    return Desk(folder, language, Worker(pause=0))


def stranger(desk: Desk) -> TestClient:
    """A browser that has no cookie."""
    return TestClient(make_app(desk, TOKEN, PORT), base_url=ORIGIN, follow_redirects=False)


def browser(desk: Desk) -> TestClient:
    """A browser that came by the first address."""
    client = stranger(desk)
    client.get("/masuk", params={"t": TOKEN})
    return client


def drop(client: TestClient, name: str, content: bytes, **params: str) -> httpx2.Response:
    """Drop a file; its name goes into the address as it is."""
    return client.put(f"/taruh/{name}", content=content, headers=OWN, params=params)


def check(client: TestClient) -> dict[str, object]:
    """Run a check to its end."""
    assert client.post("/periksa", headers=OWN).status_code == 202
    for _ in range(600):
        state = client.get("/keadaan").json()
        if not state["running"]:
            return state
        time.sleep(0.05)
    raise AssertionError(state)
