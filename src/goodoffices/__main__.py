"""`python -m goodoffices` does what the command `goodoffices` does."""

from goodoffices.cli.main import run

if __name__ == "__main__":
    run()
