"""What a person or a program reads of a run: messages, terminal, JSON, explanations of rules."""
