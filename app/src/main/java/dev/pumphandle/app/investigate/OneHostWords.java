package dev.pumphandle.app.investigate;

import dev.pumphandle.app.output.Words;
import dev.pumphandle.epi.investigation.OneHost;

/// What is said where one physical host has most of all crashes.
public final class OneHostWords {

  private OneHostWords() {}

  /// One host in a paragraph: the figures, why no search can tell, and the two explanations.
  public static String sentence(OneHost host) {
    return host.host()
        + " has "
        + Words.count(host.cases())
        + " of "
        + Words.count(host.allCases())
        + " cases and "
        + Words.count(host.others())
        + " of "
        + Words.count(host.allOthers())
        + " other crashes, in "
        + Figures.brief(100 * host.shareOfHostTime())
        + " % of the host-time. Where everything dies on one host, other crashes are no control, and"
        + " what a search says of it is little worth. Either it kills whatever runs there, or the"
        + " cores of the other hosts were not collected: look which, then drain it and see.";
  }
}
