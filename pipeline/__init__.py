"""Text in, table out: the stages that read attacks out of articles."""
