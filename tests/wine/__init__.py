"""The installer and what it installs, on a Windows of their own: a fresh Wine, or a computer with Windows in CI.

Run by ``.ci/run``: ``pytest -m wine -n 0``. ``computer.py`` is the computer, ``conftest.py`` builds and installs; what
Wine lacks is added there, and never to the installer.
"""
