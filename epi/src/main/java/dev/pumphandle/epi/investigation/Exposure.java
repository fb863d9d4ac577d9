package dev.pumphandle.epi.investigation;

import java.util.List;

/// What hosts lived with, or what crashes have: an attribute with the names of its values.
///
/// @param column its name in the line list
/// @param words how a person calls it, such as `physical host`
/// @param role what it is to the investigation
/// @param values the name of each code
public record Exposure(String column, String words, Role role, List<String> values) {

  /// What an attribute is to the investigation.
  public enum Role {
    REGION,
    CLUSTER,
    SKU,
    KERNEL,
    RELEASE,
    /// Microcode, processor, image: what else may be wrong with machines.
    MACHINE,
    /// How long the node had been running.
    UPTIME,
    /// The physical host.
    HOST,
    /// The node (a virtual machine where there is a physical host).
    NODE,
    /// Known of crashes only, such as the function on top: has no host-time.
    TRAIT
  }

  /// Copies the values.
  public Exposure {
    values = List.copyOf(values);
  }
}
