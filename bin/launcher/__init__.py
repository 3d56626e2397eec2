"""`bin/run` and `bin/test`. `__main__`, `installation` and `console` run on a bare Python; the rest in `.venv`."""
