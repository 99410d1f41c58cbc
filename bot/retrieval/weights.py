"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 5.952,
    "fields": 10.511,
    "coverage": 2.386,
    "in_heading": 1.150,
    "in_text": 0.632,
    "in_keywords": 0.522,
    "in_questions": -0.709,
    "in_context": 1.805,
    "pairs": 3.966,
    "defined": 2.000,
    "undefined": 0.889,
    "idle_definition": -0.475,
    "root": 1.337,
    "whole_pasal": 0.089,
    "annex": -0.237,
    "indicator": 0.490,
    "states": 0.593,
    "lacks": -0.339,
    "list_stated": 1.003,
    "list_lacking": -0.702,
}

CONFIDENCE_INTERCEPT = -2.899
CONFIDENCE = (
    1.811,
    1.902,
    2.149,
    -1.110,
    1.442,
    -0.221,
    0.361,
    -16.607,
    0.393,
    -2.545,
    -0.119,
    1.701,
    -0.834,
    -0.763,
    -0.342,
    0.762,
    0.438,
    -1.078,
    1.250,
)
