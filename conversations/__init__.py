"""What people ask and do, as pure decisions, and a store that keeps it. Knows nothing of Slack."""
