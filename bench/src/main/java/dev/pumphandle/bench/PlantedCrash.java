package dev.pumphandle.bench;

import java.util.ArrayList;
import java.util.List;

/// The crashes that are planted in the day, one of most dialects, each with a process id of its
/// own.
///
/// @param dialect what must find it
/// @param pid its process id; 0 where the dialect names none
/// @param text what the log says, with `%d` for the process id
record PlantedCrash(String dialect, int pid, String text) {

  private static final List<PlantedCrash> ALL =
      List.of(
          new PlantedCrash(
              "folly",
              900001,
              "*** Aborted at 1780480800 (Unix time, try 'date -d @1780480800') ***\n*** Signal 11 (SIGSEGV) (0x0) received by PID %d (pthread TID 0x7f3a40c1e6c0) (linux TID 900101) (code: address not mapped to object), stack trace: ***\n    @ 00000000004a1136 DocumentTree::update()\n"),
          new PlantedCrash(
              "glog",
              900002,
              "*** Aborted at 1780480800 (unix time) try \"date -d @1780480800\" if you are using GNU date ***\nPC: @ 0x412eb1 Sink::send()\n*** SIGSEGV (@0x10) received by PID %d (TID 0x7f893090a6f0) from PID 16; stack trace: ***\n    @     0x7f892fb417d0 (unknown)\n"),
          new PlantedCrash(
              "abseil",
              900003,
              "[2026-06-03 10:00:00,123 E %d 900103] logging.cc:361: *** SIGSEGV received at time=1780480800 on cpu 37 ***\n"),
          new PlantedCrash(
              "chromium",
              900004,
              "[%d:900104:0603/100000.123456:ERROR:x.cc(1)] Received signal 11 SEGV_MAPERR 000000000010\n#0 0x55d7e64f917f base::f()\n[end of stack trace]\n"),
          new PlantedCrash(
              "hs-err",
              900005,
              "#\n# A fatal error has been detected by the Java Runtime Environment:\n#\n#  SIGSEGV (0xb) at pc=0x00007ffabc4d2f94, pid=%d, tid=900105\n#\n# Problematic frame:\n# C  [libzip.so+0x4f9c]  newEntry+0x6c\n#\n"),
          new PlantedCrash(
              "sanitizer",
              900006,
              "==%d==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000008 (pc 0x55a1b2c3d4e5 bp 0x7ffc12345678 sp 0x7ffc12345600 T0)\n"),
          new PlantedCrash(
              "go",
              0,
              "SIGSEGV: segmentation violation\nPC=0x7f64fe436ead m=0 sigcode=1 addr=0x28\n\ngoroutine 1 [syscall]:\nruntime.cgocall(0x401480, 0xc00015bdf0)\n\t/usr/local/go/src/runtime/cgocall.go:157 +0x4b\n\nrax    0x0\nrip    0x7f64fe436ead\n"),
          new PlantedCrash(
              "kernel",
              900008,
              "Jun  3 10:00:00 node-1 kernel: [ 1234.567890] leaf[%d]: segfault at 8 ip 000055d7e64f917f sp 00007ffd9fd1b8d0 error 6 in leaf[117f,55d7e64f9000+1000] likely on CPU 0 (core 0, socket 0)\n"),
          new PlantedCrash(
              "kernel",
              900009,
              "[ 1234.567890] traps: leaf[%d] general protection fault ip:55c5e9dc91ee sp:7ffe709bf408 error:0 in leaf[11ee,55c5e9dc9000+1000]\n"),
          new PlantedCrash(
              "kernel",
              900010,
              "leaf[%d]: unhandled level 2 translation fault (11) at 0x00000028, esr 0x92000006\npc : [<0000aaaad8a9473c>] lr : [<0000aaaad8a95b90>] pstate: 80000000\n"),
          new PlantedCrash(
              "oom-killer",
              900011,
              "Jun  3 10:00:00 node-1 kernel: Out of memory: Killed process %d (leaf) total-vm:4000000kB, anon-rss:2000000kB\n"),
          new PlantedCrash(
              "systemd-coredump",
              900012,
              "Jun  3 10:00:00 node-1 systemd-coredump[999]: Process %d (leaf) of user 1000 dumped core.\n"),
          new PlantedCrash(
              "systemd-unit",
              0,
              "Jun  3 10:00:00 node-1 systemd[1]: leaf.service: Main process exited, code=dumped, status=11/SEGV\n"),
          new PlantedCrash(
              "shell",
              900014,
              "./run.sh: line 12: %d Segmentation fault      (core dumped) ./leaf\n"),
          new PlantedCrash(
              "audit",
              900015,
              "audit: type=1701 audit(1780480800.123:456): auid=1000 uid=33 gid=33 ses=3 pid=%d comm=\"leaf\" exe=\"/usr/bin/leaf\" sig=11 res=1\n"),
          new PlantedCrash(
              "supervisor",
              900016,
              "2026-06-03 10:00:00.123 UTC [1] LOG:  server process (PID %d) was terminated by signal 11: Segmentation fault\n"),
          new PlantedCrash(
              "container",
              900017,
              "time=\"2026-06-03T10:00:00.1Z\" level=info msg=\"TaskExit event in podsandbox handler container_id:\\\"0123456789ab\\\" id:\\\"x\\\" pid:%d exit_status:139 exited_at:{seconds:1780480800 nanos:1}\"\n"),
          new PlantedCrash(
              "handler",
              900018,
              "[node01:%d] Signal: Segmentation fault (11)\n[node01:900018] Signal code: Address not mapped (1)\n"),
          new PlantedCrash(
              "rust",
              0,
              "thread 'main' has overflowed its stack\nfatal runtime error: stack overflow\n"),
          new PlantedCrash(
              "systemd-coredump",
              900020,
              "{\"__REALTIME_TIMESTAMP\":\"1780480800123456\",\"_HOSTNAME\":\"node-1\",\"COREDUMP_PID\":\"%d\",\"COREDUMP_SIGNAL\":\"11\",\"COREDUMP_COMM\":\"leaf\",\"MESSAGE\":\"Process 900020 (leaf) of user 1000 dumped core.\"}\n"));

  /// The reports, in the order in which they are planted.
  static List<String> reports() {
    List<String> reports = new ArrayList<>();
    for (PlantedCrash each : ALL) {
      reports.add(each.text().replace("%d", Integer.toString(each.pid())));
    }
    return reports;
  }

  /// What must be found, as `dialect pid`.
  static List<String> expected() {
    List<String> expected = new ArrayList<>();
    for (PlantedCrash each : ALL) {
      expected.add(each.dialect() + " " + (each.pid() == 0 ? "-" : each.pid()));
    }
    return expected;
  }
}
