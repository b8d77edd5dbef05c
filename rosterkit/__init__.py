"""rosterkit: checks rosters of vulnerable workers and prepares them for BPJS Ketenagakerjaan."""

__version__ = "0.1.0"
