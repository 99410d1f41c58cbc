"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 5.903,
    "fields": 10.573,
    "coverage": 2.350,
    "in_heading": 1.116,
    "in_text": 0.657,
    "in_keywords": 0.565,
    "in_questions": -0.601,
    "in_context": 1.798,
    "pairs": 3.950,
    "defined": 1.964,
    "undefined": 0.823,
    "idle_definition": -0.418,
    "root": 1.349,
    "whole_pasal": 0.094,
    "annex": -0.253,
    "indicator": 0.493,
    "states": 0.589,
    "lacks": -0.337,
    "list_stated": 0.976,
    "list_lacking": -0.682,
}

CONFIDENCE_INTERCEPT = -2.813
CONFIDENCE = (
    1.560,
    1.701,
    1.885,
    -0.466,
    1.532,
    -0.030,
    0.401,
    -16.627,
    0.389,
    -2.476,
    -0.327,
    1.677,
    -0.839,
    -0.780,
    -0.437,
    0.758,
    0.453,
    -0.991,
    1.136,
)
