-- exclusion: other-executable
-- version: 1
-- precedence: 50
--
-- Not the program that is watched: a shell, a tool, a debugger beside it. Put your own sidecars here, or say what is yours:
-- process_executable_name NOT IN ('leaf', 'root').
--
-- example confirmed: {"process_executable_name": "bash", "signal_number": 11}
-- example none: {"process_executable_name": "leaf", "signal_number": 11}
-- example none: {"signal_number": 11}

-- tier confirmed
process_executable_name IN ('sh', 'bash', 'dash', 'busybox', 'sleep', 'tail', 'cat', 'curl', 'wget', 'git', 'ssh', 'gdb', 'strace',
  'perf', 'gcore', 'apport', 'systemd-coredum', 'systemd-coredump', 'coredumpctl', 'abrt-hook-ccpp')
