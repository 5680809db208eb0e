"""Runs a program in a terminal of its own: run_in_terminal.py COLUMNS ROWS FRAMES PROGRAM ARGUMENT...

Passes on what it shows until it has ended FRAMES frames ("clear what is below"), then interrupts it. Exit code 0 when it ended by that.
"""

import fcntl
import os
import pty
import signal
import struct
import sys
import termios

columns, rows, frames = (int(argument) for argument in sys.argv[1:4])
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
child, terminal = pty.fork()
if child == 0:
    signal.sigwait([signal.SIGUSR1])  # Until the terminal has its size.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1])
    os.execv(sys.argv[4], sys.argv[4:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
os.kill(child, signal.SIGUSR1)

shown = b""
while shown.count(b"\x1b[J") < frames:
    piece = os.read(terminal, 65536)
    if not piece:
        break
    shown += piece
os.kill(child, signal.SIGINT)
_, status = os.waitpid(child, 0)
sys.stdout.buffer.write(shown)
sys.exit(0 if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGINT else 1)
