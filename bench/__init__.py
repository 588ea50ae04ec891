"""Figures that are printed, never asserted. Run one at a time, on a quiet machine."""
