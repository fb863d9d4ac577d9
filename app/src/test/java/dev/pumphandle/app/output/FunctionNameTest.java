package dev.pumphandle.app.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Names of the linker's, made readable.
class FunctionNameTest {

  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("main", "main"),
          Map.entry("_ZN12_GLOBAL__N_17operateEPK7Illness", "(anonymous namespace)::operate"),
          Map.entry("_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector::push_back"),
          Map.entry("_ZN3foo3BarC2Ev", "foo::Bar::Bar"),
          Map.entry("_ZN3foo3BarD0Ev", "foo::Bar::~Bar"),
          Map.entry("_ZNK3foo3BareqERKS0_", "foo::Bar::operator=="),
          Map.entry("_ZL6helperi", "helper"),
          Map.entry("_ZSt9terminatev", "std::terminate"),
          Map.entry("_Z4walkPFivE.part.0", "walk [part.0]"),
          Map.entry("_ZZ4mainENKUlvE_clEv", "main::{lambda}::operator()"),
          Map.entry("_ZTV3Foo", "vtable for Foo"),
          Map.entry("_ZThn16_N3Foo3barEv", "non-virtual thunk to Foo::bar"),
          Map.entry("_ZN4core9panicking5panic17h0123456789abcdefE", "core::panicking::panic"));

  @Test
  void namesBecomeWhatTheirAuthorsWrote() {
    KNOWN.forEach((linker, author) -> assertThat(FunctionName.readable(linker)).isEqualTo(author));
  }

  @Test
  void whatIsNotReadStaysAsItIs() {
    for (String odd :
        List.of(
            "_Z",
            "_ZN",
            "_ZN3foo",
            "_ZNS_3barE",
            "_ZN9999999999fooE",
            "_Z3fo",
            "__libc_start",
            "")) {
      assertThat(FunctionName.readable(odd)).isEqualTo(odd);
    }
  }

  @Test
  void theNamesOfTheCxxLibraryAreThoseOfCxxfilt() throws Exception {
    Path library = Path.of("/usr/lib/x86_64-linux-gnu/libstdc++.so.6");
    assumeTrue(Files.exists(library), "no libstdc++ here");
    List<String> mangled =
        said("nm", "-D", "--defined-only", "--format=posix", library.toString())
            .lines()
            .filter(line -> line.matches("_Z.* [TW] .*"))
            .map(line -> line.replaceFirst("[ @].*", ""))
            .distinct()
            .toList();
    assumeTrue(mangled.size() > 1000, "no nm here");
    List<String> truth = said("c++filt", "-p", String.join("\n", mangled)).lines().toList();
    assumeTrue(truth.size() == mangled.size(), "no c++filt here");

    int read = 0;
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < mangled.size(); i++) {
      String ours = FunctionName.readable(mangled.get(i));
      if (!ours.equals(mangled.get(i))) {
        read++;
        if (!plain(ours).equals(plain(truth.get(i)))) {
          wrong.add(mangled.get(i) + ": " + ours + ", truly " + truth.get(i));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(read).isGreaterThan(mangled.size() * 95 / 100);
  }

  /// Without template arguments, ABI tags and return types, and with the library's short names.
  private static String plain(String name) {
    String bare = name.replaceAll("\\[abi:[a-z0-9]+]", "");
    bare = bare.replaceFirst("operator(<=>|<<=|>>=|<<|>>|<=|>=|->\\*|->|<|>)", "operator#");
    while (bare.matches(".*<[^<>]*>.*")) {
      bare = bare.replaceAll("<[^<>]*>", "");
    }
    bare = bare.replaceFirst("operator (?!new|delete).*", "operator T");
    if (bare.contains("thunk to ")) {
      bare = bare.replaceFirst("\\(.*\\)( const)?$", "");
    } else if (!bare.contains("operator")) {
      bare = bare.replaceFirst("^(vtable for )?.* (?=[^ ]*$)", "$1");
    }
    return bare.replace("std::__cxx11::", "std::")
        .replaceAll("\\bstd::(basic_)?(string|istream|ostream|iostream)\\b", "std::$2")
        .replaceAll("::basic_(string|istream|ostream|iostream)$", "::$1")
        .replaceAll("::~basic_(string|istream|ostream|iostream)$", "::~$1")
        .replaceAll("\\{lambda[^}]*}", "{lambda}")
        .replaceAll("\\s+", "");
  }

  private static String said(String... command) throws IOException, InterruptedException {
    List<String> words = List.of(command);
    String input = command[0].equals("c++filt") ? words.getLast() : "";
    List<String> start = input.isEmpty() ? words : words.subList(0, words.size() - 1);
    try {
      Process process = new ProcessBuilder(start).start();
      Thread feeder =
          Thread.startVirtualThread(
              () -> {
                try (var to = process.getOutputStream()) {
                  to.write((input + "\n").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  process.destroy();
                }
              });
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      feeder.join();
      process.waitFor();
      return out;
    } catch (IOException e) {
      return "";
    }
  }
}
