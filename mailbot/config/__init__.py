"""config.toml -> Config."""
