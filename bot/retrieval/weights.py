"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 5.935,
    "fields": 10.818,
    "coverage": 2.503,
    "in_heading": 1.083,
    "in_text": 0.498,
    "in_keywords": 0.556,
    "in_questions": -0.783,
    "in_context": 2.021,
    "pairs": 4.113,
    "defined": 1.929,
    "undefined": 1.232,
    "idle_definition": -0.669,
    "root": 1.364,
    "whole_pasal": 0.108,
    "annex": -0.207,
    "indicator": 0.475,
    "states": 0.600,
    "lacks": -0.336,
    "list_stated": 0.991,
    "list_lacking": -0.676,
}

CONFIDENCE_INTERCEPT = -3.073
CONFIDENCE = (
    2.538,
    1.199,
    0.857,
    -1.478,
    0.728,
    -0.682,
    0.692,
    0.311,
    -8.999,
    -0.088,
    -0.831,
    0.631,
    0.393,
)
