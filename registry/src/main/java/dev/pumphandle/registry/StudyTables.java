package dev.pumphandle.registry;

import dev.pumphandle.epi.investigation.Study;
import java.util.Optional;

/// A study as read from a workspace.
///
/// @param intake what went in and what did not
/// @param study the tables; empty when there is nothing to investigate
public record StudyTables(StudyIntake intake, Optional<Study> study) {}
