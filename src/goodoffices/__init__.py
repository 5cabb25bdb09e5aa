"""Good Offices: a workbench for those who must act, or explain, when a government is overthrown."""

__version__ = "0.1.0"
