"""Runs tests with the Python that is installed: ``python.exe run_tests.py LIBRARIES ROOT WORDS...``.

LIBRARIES holds pytest and what tests import; rosterkit itself is the installed one. ROOT is only where tests lie.
"""

import sys

libraries, root, *words = sys.argv[1:]
sys.path += [libraries, root]  # behind the installed package, which must not be that of ROOT

import _winapi  # noqa: E402 # the tests' libraries are found from here on

if hasattr(_winapi, "CopyFile2"):
    del _winapi.CopyFile2  # missing in Wine 8; shutil then copies by itself

import pytest  # noqa: E402 # likewise

import rosterkit  # noqa: E402 # likewise

assert not rosterkit.__file__.startswith(root), rosterkit.__file__
sys.exit(pytest.main(words))
