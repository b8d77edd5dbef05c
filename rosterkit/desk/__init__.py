"""Meja kerja: a page on this computer, for those who never saw a terminal. The only place with starlette.

``serve.py`` opens it, ``guard.py`` lets only its own browser in, ``app.py`` lists the routes, ``pages.py``,
``actions.py`` and ``downloads.py`` answer them; ``desk.py`` is what they share, ``worker.py`` the one thread that runs
checks. ``watching.py`` looks into the folder while the desk is open, ``instance.py`` keeps it one a user, ``idle.py``
ends it; ``log.py`` and ``support.py`` tell a helper what went wrong, without anybody's data.

Nothing here judges: a check is ``pipeline.run``, and what is shown is the document of it (``run_view.py``).
"""
