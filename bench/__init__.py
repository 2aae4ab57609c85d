"""Benchmarks: what the main pages cost, beside two floors measured in the same run (`make bench`)."""
