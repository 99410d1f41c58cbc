"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 30.000,
    "fields": -4.615,
    "coverage": 2.693,
    "in_heading": 1.200,
    "in_text": 4.424,
    "in_keywords": 1.946,
    "in_questions": 0.000,
    "in_context": 3.514,
    "pairs": 2.119,
    "defined": -11.347,
    "undefined": -4.300,
    "idle_definition": -0.034,
    "root": 1.000,
    "whole_pasal": 0.345,
    "annex": -0.416,
    "indicator": 0.641,
    "states": 0.728,
    "lacks": -0.404,
    "list_stated": 1.109,
    "list_lacking": -0.622,
}

CONFIDENCE_INTERCEPT = -2.298
CONFIDENCE = (
    1.156,
    0.149,
    -4.279,
    3.415,
    1.494,
    -0.031,
    -0.602,
    0.535,
    -11.503,
    3.387,
    -0.481,
    -0.558,
)
# Shift and slope of the logit.
CONFIDENCE_SCALE = (2.419, 1.644)
