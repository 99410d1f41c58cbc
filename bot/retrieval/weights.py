"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 5.903,
    "fields": 10.573,
    "coverage": 2.349,
    "in_heading": 1.115,
    "in_text": 0.656,
    "in_keywords": 0.565,
    "in_questions": -0.599,
    "in_context": 1.799,
    "pairs": 3.950,
    "defined": 1.964,
    "undefined": 0.822,
    "idle_definition": -0.418,
    "root": 1.349,
    "whole_pasal": 0.094,
    "annex": -0.253,
    "indicator": 0.494,
    "states": 0.589,
    "lacks": -0.337,
    "list_stated": 0.976,
    "list_lacking": -0.682,
}

CONFIDENCE_INTERCEPT = -2.814
CONFIDENCE = (
    1.558,
    1.704,
    1.881,
    -0.472,
    1.536,
    -0.018,
    0.401,
    -16.636,
    0.390,
    -2.473,
    -0.325,
    1.678,
    -0.838,
    -0.779,
    -0.441,
    0.757,
    0.450,
    -0.990,
    1.137,
)
