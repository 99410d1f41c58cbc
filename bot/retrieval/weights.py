"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 30.000,
    "fields": -2.977,
    "coverage": 2.560,
    "in_heading": 1.082,
    "in_text": 4.233,
    "in_keywords": 1.851,
    "in_questions": 0.000,
    "in_context": 3.616,
    "pairs": 2.141,
    "defined": -5.643,
    "undefined": 1.504,
    "idle_definition": -0.013,
    "root": 1.000,
    "whole_pasal": 0.468,
    "annex": -0.297,
    "indicator": 0.955,
    "states": 0.712,
    "lacks": -0.395,
    "list_stated": 1.086,
    "list_lacking": -0.620,
}

CONFIDENCE_INTERCEPT = -2.545
CONFIDENCE = (
    1.400,
    -0.043,
    -4.799,
    2.613,
    1.790,
    -0.397,
    -0.271,
    0.556,
    -11.140,
    2.280,
    -1.286,
    -0.569,
)
# Shift and slope of the logit.
CONFIDENCE_SCALE = (2.458, 1.624)
