import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tone_rules.vectors import WIDTH, likeness, vector, vectors


def test_texts_of_one_meaning_are_more_alike_than_others():
    """Other words for the same thing come nearer than the same sort of sentence about another thing."""
    assert (
        likeness("my parcel is late", "where is my package") > likeness("my parcel is late", "reset my password") + 0.2
    )
    assert likeness("the app crashes at start", "it closes as soon as I open it") > likeness(
        "the app crashes at start", "the waiter was rude"
    )


@given(st.text(max_size=200))
def test_a_vector_has_length_one_or_none(text):
    """Any text has a finite vector of length one, or all zeros where nothing of it is known; it never changes."""
    found = vector(text)
    assert found.shape == (WIDTH,)
    assert np.isfinite(found).all()
    assert float(np.linalg.norm(found)) == pytest.approx(1.0, abs=1e-5) or not found.any()
    assert not found.flags.writeable


def test_nothing_is_like_nothing():
    """An empty text is like no other, not even like itself; rows are in the order of the texts."""
    assert likeness("", "parcel") == 0.0
    assert vectors([]).shape == (0, WIDTH)
    assert np.array_equal(vectors(["a parcel", "a lamp"])[1], vector("a lamp"))


def test_threads_agree():
    """Eight threads get what one gets."""
    texts = [f"parcel number {number} is late" for number in range(200)]
    alone = vectors(texts)
    vector.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert np.array_equal(np.stack(list(pool.map(vector, texts))), alone)


def test_nothing_is_loaded_before_it_is_needed():
    """Importing the package loads neither numpy nor the tokenizer."""
    program = "import sys, tone_rules.vectors; print(*{'numpy', 'tokenizers'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == ""
