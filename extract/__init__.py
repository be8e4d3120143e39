"""Figures of news as claims that can be queried, compared and traced to their characters."""
