"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 6.023,
    "fields": 11.038,
    "coverage": 2.254,
    "in_heading": 1.093,
    "in_text": 0.412,
    "in_keywords": 0.603,
    "in_questions": -0.752,
    "in_context": 1.868,
    "pairs": 4.048,
    "defined": 2.548,
    "undefined": 1.517,
    "idle_definition": -0.556,
    "root": 1.349,
    "whole_pasal": 0.146,
    "annex": -0.209,
    "indicator": 0.509,
    "states": 0.623,
    "lacks": -0.348,
    "list_stated": 1.046,
    "list_lacking": -0.719,
}

CONFIDENCE_INTERCEPT = -2.933
CONFIDENCE = (
    1.561,
    2.576,
    2.169,
    -0.837,
    1.603,
    -0.218,
    0.230,
    -17.229,
    0.362,
    -2.551,
    -0.379,
    1.164,
    -0.835,
    -0.771,
    -0.394,
    0.839,
    0.492,
    -1.164,
    1.163,
)
