package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Words;
import dev.pumphandle.epi.investigation.LatentHost;
import java.util.Locale;
import java.util.stream.Collectors;

/// What may be said of a host that nobody has a name for.
final class LatentHostWords {

  private static final int MOST_NODES = 5;

  private LatentHostWords() {}

  static String sentence(LatentHost host) {
    int more = host.nodes().size() - MOST_NODES;
    return String.format(
        Locale.ROOT,
        "A hypothesis: one host in %s behind %s with %s (%s%s). At most %d of them lived at once"
            + " (%d by chance), %d began within an hour of another one's end (%d by chance); p %.2g"
            + " over all questions asked; they fell ill %.1f days"
            + " old, the others beside them were %.1f. Ask who runs the hosts; a denylist takes no"
            + " hypothesis.",
        host.where(),
        Words.count(host.nodes().size(), "node"),
        Words.count(host.cases(), "case"),
        host.nodes().stream().limit(MOST_NODES).collect(Collectors.joining(", ")),
        more > 0 ? ", and " + more + " more" : "",
        host.places(),
        host.placesByChance(),
        host.handovers(),
        host.handoversByChance(),
        host.p(),
        host.medianAgeDays(),
        host.medianAgeOfOthersDays());
  }
}
