"""python -m mailbot"""

from mailbot.commands.cli import main

raise SystemExit(main())
