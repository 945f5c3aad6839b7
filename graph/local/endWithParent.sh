#!/bin/sh
# Ends process $1 once the process that started it is gone. Our standard input is a pipe from that process: the kernel closes
# it however that process ended, SIGKILL included.
while read -r _; do :; done
kill -TERM "$1" 2>/dev/null
