"""Brings Slack in line with what is stored. Messages of a case are projections, so nothing is lost with them."""
