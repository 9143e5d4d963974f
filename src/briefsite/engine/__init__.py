"""The adapter: the only place that knows MkDocs."""
