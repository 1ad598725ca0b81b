import sys

from thidua.command_line import main

sys.exit(main(sys.argv[1:]))
