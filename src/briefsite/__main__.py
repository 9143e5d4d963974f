"""`python -m briefsite` is the `briefsite` command."""

import sys

from briefsite.cli import main

sys.exit(main())
