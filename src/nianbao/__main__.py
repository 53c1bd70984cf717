"""`python -m nianbao` is the same command as `nianbao`."""

from nianbao.cli import main

main()
