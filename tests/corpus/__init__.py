"""Files of every kind that senders send, made by code: ``packages``, ``formats``, ``broken``; ``refused`` says why.

No file is stored. Golden workbooks with what valid ones may hold are in ``tests/golden/books.py``, whole rosters in
``samples``; ``tests/fuzz`` draws others.
"""
