package dev.pumphandle.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The rules of the house that a compiler does not know.
class SourceRulesTest {

  private static final int MOST_LINES = 500;

  /// Files that may be longer, each with its reason. A waiver that is no longer needed fails too.
  private static final Map<String, String> LONG_FILES = Map.of();

  private static final Pattern TOP_LEVEL_TYPE =
      Pattern.compile(
          "(?m)^public (?:final |abstract |sealed |non-sealed |static )*(?:class|record|interface|enum|@interface) (\\w+)");

  @Test
  void filesStayShortUnlessTheyHaveAReason() {
    Map<String, Integer> longOnes = new TreeMap<>();
    for (Path file : Repository.files(".java")) {
      int lines = (int) Repository.text(file).lines().count();
      if (lines > MOST_LINES) longOnes.put(Repository.name(file), lines);
    }
    assertThat(longOnes.keySet())
        .as("files over %d lines: %s", MOST_LINES, longOnes)
        .isEqualTo(LONG_FILES.keySet());
  }

  @Test
  void everyPublicTypeSaysWhatItIs() {
    List<String> silent = new ArrayList<>();
    for (Path file : mainSources()) {
      String text = Repository.text(file);
      Matcher type = TOP_LEVEL_TYPE.matcher(text);
      if (type.find() && !text.substring(0, type.start()).contains("\n///"))
        silent.add(Repository.name(file));
    }
    assertThat(silent).as("public types without a /// text").isEmpty();
  }

  @Test
  void docsAreMarkdownAndNothingIsLeftForLater() {
    List<String> found = new ArrayList<>();
    // written in two halves so that this file does not find itself
    List<String> unwanted = List.of("/*" + "*", "TO" + "DO", "FIX" + "ME", "X" + "XX");
    for (Path file : Repository.files(".java")) {
      String text = Repository.text(file);
      for (String word : unwanted) {
        if (Pattern.compile("(?m)(^|[ \\t(])" + Pattern.quote(word) + "(\\s|$|:)")
            .matcher(text)
            .find()) found.add(Repository.name(file) + ": " + word);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyPackageSaysWhatLivesInIt() {
    List<String> silent = new ArrayList<>();
    for (Path file : mainSources()) {
      Path door = file.resolveSibling("package-info.java");
      if (!door.toFile().exists()) silent.add(Repository.name(door));
      else if (!Repository.text(door).contains("@NullMarked"))
        silent.add(Repository.name(door) + " is not @NullMarked");
    }
    assertThat(silent.stream().distinct()).isEmpty();
  }

  @Test
  void onlyTheParentNamesVersions() {
    List<String> found = new ArrayList<>();
    for (Path pom : Repository.files("pom.xml")) {
      if (pom.equals(Repository.ROOT.resolve("pom.xml"))) continue;
      String withoutParent = Repository.text(pom).replaceAll("(?s)<parent>.*?</parent>", "");
      if (withoutParent.contains("<version>")) found.add(Repository.name(pom));
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> mainSources() {
    return Repository.files(".java").stream()
        .filter(p -> p.toString().contains("/src/main/java/"))
        .toList();
  }
}
