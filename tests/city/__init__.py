"""A whole city as a project: 300 lists of any layout, every mistake that a rule knows, the office's own lists, a month
that was sent already. What it is for: whichever engine checks it, and whatever is killed meanwhile, the results are
the same.
"""
