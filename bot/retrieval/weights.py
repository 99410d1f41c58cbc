"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 5.969,
    "fields": 10.568,
    "coverage": 2.302,
    "in_heading": 1.132,
    "in_text": 0.638,
    "in_keywords": 0.594,
    "in_questions": -0.650,
    "in_context": 1.797,
    "pairs": 4.012,
    "defined": 2.003,
    "undefined": 0.943,
    "idle_definition": -0.435,
    "root": 1.348,
    "whole_pasal": 0.097,
    "annex": -0.270,
    "indicator": 0.493,
    "states": 0.632,
    "lacks": -0.361,
    "list_stated": 1.007,
    "list_lacking": -0.704,
}

CONFIDENCE_INTERCEPT = -2.864
CONFIDENCE = (
    1.683,
    1.699,
    2.062,
    -0.529,
    1.406,
    -0.080,
    0.376,
    -17.108,
    0.388,
    -2.521,
    -0.353,
    1.610,
    -0.869,
    -0.778,
    -0.327,
    0.777,
    0.465,
    -1.102,
    1.077,
)
