"""`python -m bin.launcher.loopback COMMAND...`: in a new network, bring up its 127.0.0.1 and become COMMAND."""

import fcntl
import os
import socket
import struct
import sys

#: linux/sockios.h and linux/if.h
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1

if __name__ == "__main__":
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP))
    os.execvp(sys.argv[1], sys.argv[1:])
