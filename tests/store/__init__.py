"""One contract, every store; then what only files can suffer."""

import pytest

pytest.register_assert_rewrite(f"{__name__}.contract")
