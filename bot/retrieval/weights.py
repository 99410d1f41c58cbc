"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 5.937,
    "fields": 10.605,
    "coverage": 2.371,
    "in_heading": 1.137,
    "in_text": 0.620,
    "in_keywords": 0.607,
    "in_questions": -0.732,
    "in_context": 1.747,
    "pairs": 4.029,
    "defined": 1.955,
    "undefined": 0.926,
    "idle_definition": -0.492,
    "root": 1.317,
    "whole_pasal": 0.092,
    "annex": -0.280,
    "indicator": 0.455,
    "states": 0.633,
    "lacks": -0.357,
    "list_stated": 0.976,
    "list_lacking": -0.658,
}

CONFIDENCE_INTERCEPT = -2.947
CONFIDENCE = (
    1.775,
    1.749,
    2.149,
    -0.996,
    1.452,
    0.023,
    0.402,
    -17.087,
    0.382,
    -2.517,
    -0.285,
    1.673,
    -0.730,
    -0.778,
    -0.282,
    0.754,
    0.418,
    -1.110,
    1.093,
)
