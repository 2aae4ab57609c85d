"""Admissibility: is what was handed in formally complete, before anybody judges it?"""
