"""`python -m nianbao` is the same command as `nianbao`."""

from nianbao.desk.cli import main

main()
