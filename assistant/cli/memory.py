"""How seldom a command looks for garbage: what it loads stays, and going through it all takes a fifth of the time."""

import gc

gc.set_threshold(50_000, 20, 20)
