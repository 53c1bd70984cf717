"""Where the commands begin: `nianbao`, `generate`, and `python -m nianbao`.

Knows only what Ctrl-C means before and after the work: nothing is there to be
tidied, so the process simply ends. What there is to do, `desk.cli` knows.
"""

import signal
import sys


def main() -> None:
    """The `nianbao` command."""
    _run("main")


def generate() -> None:
    """The `generate` command: `nianbao generate`."""
    _run("generate_main")


def _run(command: str) -> None:
    listening = signal.getsignal(signal.SIGINT)
    deaf = signal.SIG_IGN if listening is signal.SIG_IGN else signal.SIG_DFL
    signal.signal(signal.SIGINT, deaf)
    from nianbao.desk import cli

    try:
        signal.signal(signal.SIGINT, listening)
        getattr(cli, command)()
    except KeyboardInterrupt:
        sys.exit(3)
    finally:
        signal.signal(signal.SIGINT, deaf)


if __name__ == "__main__":
    main()
