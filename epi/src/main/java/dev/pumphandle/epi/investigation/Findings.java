package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.mixture.Discordance;
import dev.pumphandle.epi.onset.Onset;
import java.util.List;
import java.util.Optional;

/// All that an investigation found.
///
/// @param cases how many cases
/// @param placedCases how many of them lie in host-time
/// @param crashes how many crashes they were compared with, cases among them
/// @param hostHours host-time within the window (hours), 0 without an inventory
/// @param groupsSearched how many groups both designs looked at
/// @param unused attributes that tell nothing: too often missing, or the same everywhere
/// @param onset when all cases together began
/// @param classes the populations, unrelated cases first; empty with too few cases to divide
/// @param diagnoses what each population of `classes` looks like
/// @param discordAttributes what the two largest populations were compared on
/// @param discord the test of whether they differ there
/// @param labels how populations and labels stand to each other, in sentences
/// @param findings who has more cases than expected, surest first
/// @param leads what missed significance
/// @param mixedUp what only looks guilty
/// @param host the trace of the most suspicious physical host
/// @param oneHost a host with most of all crashes, where no trace blames one; then `host` is empty
/// @param latentHosts where no physical host is known: nodes that may have lived on one
public record Findings(
    int cases,
    int placedCases,
    int crashes,
    double hostHours,
    long groupsSearched,
    List<Exposure> unused,
    Onset onset,
    List<DiseaseClass> classes,
    List<Diagnosis> diagnoses,
    List<String> discordAttributes,
    Optional<Discordance> discord,
    List<String> labels,
    List<Finding> findings,
    List<Finding> leads,
    List<MixedUp> mixedUp,
    Optional<HostInquiry> host,
    Optional<OneHost> oneHost,
    List<LatentHost> latentHosts) {

  /// Copies the lists.
  public Findings {
    unused = List.copyOf(unused);
    classes = List.copyOf(classes);
    diagnoses = List.copyOf(diagnoses);
    discordAttributes = List.copyOf(discordAttributes);
    labels = List.copyOf(labels);
    findings = List.copyOf(findings);
    leads = List.copyOf(leads);
    mixedUp = List.copyOf(mixedUp);
    latentHosts = List.copyOf(latentHosts);
  }
}
