"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 5.707,
    "fields": 11.242,
    "coverage": 2.409,
    "in_heading": 1.009,
    "in_text": 0.345,
    "in_keywords": 0.477,
    "in_questions": -0.837,
    "in_context": 1.859,
    "pairs": 4.139,
    "defined": 2.779,
    "undefined": 1.588,
    "idle_definition": -0.657,
    "root": 1.316,
    "whole_pasal": 0.100,
    "annex": -0.238,
    "indicator": 0.455,
    "states": 0.608,
    "lacks": -0.341,
    "list_stated": 1.020,
    "list_lacking": -0.695,
}

CONFIDENCE_INTERCEPT = -5.612
CONFIDENCE = (
    1.952,
    2.479,
    2.355,
    -0.789,
    1.776,
    2.221,
    0.219,
    -21.619,
    0.273,
    -3.102,
    -0.530,
    1.537,
    -0.885,
    -0.777,
    -0.482,
    2.301,
    0.957,
    0.598,
    -1.487,
    1.248,
)
