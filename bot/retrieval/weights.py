"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 30.000,
    "fields": -3.636,
    "coverage": 2.472,
    "in_heading": 2.152,
    "in_text": 3.958,
    "in_keywords": 1.893,
    "in_questions": 0.000,
    "in_context": 3.431,
    "pairs": 2.248,
    "defined": -8.480,
    "undefined": -5.911,
    "idle_definition": -0.101,
    "root": 1.000,
    "whole_pasal": 0.253,
    "annex": -1.145,
    "indicator": 0.238,
    "states": 0.650,
    "lacks": -0.365,
    "list_stated": 0.875,
    "list_lacking": -0.442,
}

CONFIDENCE_INTERCEPT = -2.573
CONFIDENCE = (
    1.796,
    -1.758,
    -5.068,
    2.055,
    1.914,
    -0.454,
    0.051,
    0.792,
    -10.217,
    1.506,
    0.111,
    -0.395,
)
# Shift and slope of the logit.
CONFIDENCE_SCALE = (2.131, 1.671)
