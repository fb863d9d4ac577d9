package dev.pumphandle.fieldwork.log.dialect;

import java.util.regex.Pattern;

/// Names of functions in a stack trace that tell why it was printed.
final class Handlers {

  private static final Pattern ABORTS =
      Pattern.compile(
          "^(?:__GI_)?_?_?(?:abort|raise|gsignal|pthread_kill(?:_implementation)?|__pthread_kill(?:_implementation|_internal)?|__assert_fail(?:_base)?|__libc_message|std::terminate)\\b.*");

  private static final Pattern HANDLES =
      Pattern.compile(
          "(?i).*(?:sig(?:nal|segv|abrt)?_?\\w*handler|handle_?\\w*sig(?:nal|segv)|on_?sig(?:nal|segv)|crash_?handler|__restore_rt|_sigtramp|<signal handler called>|segv|killpg).*");

  private Handlers() {}

  /// Whether a function is on the way to abort().
  static boolean aborts(String function) {
    return ABORTS.matcher(function).matches();
  }

  /// Whether a function is a signal's handler, or what the kernel puts below one.
  static boolean handles(String function) {
    return HANDLES.matcher(function).matches();
  }
}
