"""Only the browser that rosterkit opened comes in, and what it gets loads nothing from elsewhere."""

from __future__ import annotations

import re

import pytest

from rosterkit.desk.desk import Desk
from tests.command_line import ROOT
from tests.desk.desks import ORIGIN, PORT, TOKEN, browser, new_desk, stranger

PAGES = ("/", "/berkas", "/orang", "/ganda", "/hasil", "/bantuan", "/orang?q=contoh&utuh=1")


@pytest.fixture
def desk(tmp_path) -> Desk:
    return new_desk(tmp_path)


def test_the_token_becomes_a_cookie_and_leaves_the_address(desk):
    answer = stranger(desk).get("/masuk", params={"t": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"meja-{PORT}=")
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    assert browser(desk).get("/").status_code == 200


@pytest.mark.parametrize("token", ["", "other", TOKEN + "x", "é"])
def test_without_the_token_nobody_comes_in(desk, token):
    client = stranger(desk)
    assert client.get("/masuk", params={"t": token}).status_code == 403
    for path in (*PAGES, "/keadaan", "/static/desk.js"):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", ""])
def test_another_host_is_refused_even_with_the_cookie(desk, host):
    client = browser(desk)
    assert client.get("/", headers={"host": host}).status_code == 421
    assert client.get("/masuk", params={"t": TOKEN}, headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
        {"origin": ORIGIN, "sec-fetch-site": "same-site"},
    ],
)
def test_another_page_changes_nothing(desk, headers):
    client = browser(desk)
    for method, path in (
        ("PUT", "/taruh/a.xlsx"),
        ("PUT", "/acuan/decree/a.xlsx"),
        ("POST", "/acuan/decree"),
        ("POST", "/mutasi"),
        *(("POST", path) for path in ("/periksa", "/hentikan", "/program", "/bahasa", "/putuskan")),
    ):
        assert client.request(method, path, headers=headers).status_code == 403
    assert not desk.running
    assert list(desk.inbox.iterdir()) == []


def test_a_form_of_the_desk_is_taken_although_browsers_call_its_origin_null(desk):
    """As ``Referrer-Policy: no-referrer`` has it."""
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert browser(desk).post("/bahasa", data={"bahasa": "en"}, headers=headers).status_code == 303
    assert stranger(desk).post("/bahasa", data={"bahasa": "en"}, headers=headers).status_code == 403


def test_every_answer_carries_the_headers(desk):
    client = browser(desk)
    answers = [client.get(path) for path in (*PAGES, "/nowhere", "/static/desk.css", "/keadaan")]
    answers += [stranger(desk).get("/"), client.get("/", headers={"host": "x"})]
    for answer in answers:
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_no_page_asks_for_anything_elsewhere():
    for path in (ROOT / "rosterkit" / "desk").rglob("*.*"):
        if path.suffix in (".html", ".css", ".js"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"https?:|//\w|<style|\sstyle=|\son\w+=\"|<script>", text), path.name


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_both_languages(desk, path):
    client = browser(desk)
    for language, word in (("id", "Hasil"), ("en", "Results")):
        desk.language = language
        answer = client.get(path)
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text
        assert f">{word}</a>" in answer.text


@pytest.mark.parametrize("path", ["/ambil/x/0/annotated/0", "/ambil/x/semua/combined/0", "/semua/x", "/berkas/x/0"])
def test_nothing_is_fetched_where_nothing_was_run(desk, path):
    assert browser(desk).get(path).status_code == 404
