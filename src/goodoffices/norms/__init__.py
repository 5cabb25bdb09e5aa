"""The norm engine: typed rules, an evaluator that keeps its reasons. Law itself lives in the rulebooks."""
