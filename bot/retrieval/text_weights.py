"""Weights of the confidence model for official texts, which carry no everyday questions.

Fitted by ``bench/train_texts.py``: each training question was asked of each nation-wide
regulation alone, with titles of pasal, everyday questions and words taken from its provisions.
What is learnt is whether the best unit of one regulation answers at all; where another says
nearly the same as the gold, the pair was left out. Held out, by question: 0.83 of the right ones
from 0.5 on, 0.08 of the others; the model for passages with questions gives 0.51 and 0.04.
"""

TEXT_INTERCEPT = -1.512
# In the order of ``Evidence.vector``; zero for what a text alone does not have.
TEXT = (
    5.733,
    -0.988,
    0.0,
    3.443,
    -0.670,
    -0.887,
    0.205,
    -20.188,
    0.0,
    -1.462,
    -1.449,
    0.0,
    -0.408,
    0.0,
    -0.047,
    0.624,
    0.114,
    0.0,
    0.0,
)
