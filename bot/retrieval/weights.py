"""Weights of the ranking's second stage and of the confidence model.

Fitted and written by ``python -m bench.train``; not edited by hand.
"""

RANKING = {
    "first": 30.000,
    "fields": -7.367,
    "coverage": 2.712,
    "in_heading": 1.831,
    "in_text": 4.894,
    "in_keywords": 2.745,
    "in_questions": 0.000,
    "in_context": 3.767,
    "pairs": 2.618,
    "defined": 6.243,
    "undefined": -0.271,
    "idle_definition": -0.084,
    "root": 1.000,
    "whole_pasal": 0.116,
    "annex": -0.288,
    "indicator": 0.483,
    "states": 0.554,
    "lacks": -0.306,
    "list_stated": 1.015,
    "list_lacking": -0.613,
}

CONFIDENCE_INTERCEPT = -2.667
CONFIDENCE = (
    1.118,
    -1.102,
    -3.583,
    2.732,
    1.652,
    -0.322,
    0.135,
    0.672,
    -10.413,
    1.626,
    -0.417,
    -0.363,
)
