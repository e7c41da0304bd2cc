"""Keep series, their outboxes and the causes already dealt with. Nine verbs; every store passes one
contract."""
