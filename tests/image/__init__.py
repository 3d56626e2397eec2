"""Both documented deployments, run. Asserts in the parts below are explained as those of a test module are."""

import pytest

pytest.register_assert_rewrite("tests.image.access", "tests.stack.black_box.test_game")
