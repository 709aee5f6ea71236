"""One file a feature: what Slack sends is parsed, handed to one service, and answered."""
