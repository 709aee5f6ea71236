"""What the guideline says, as data, and how a question finds it. Knows nothing of Slack or cases."""
