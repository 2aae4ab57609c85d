"""The files beside a proposal, and everything handed in as files to take along."""
