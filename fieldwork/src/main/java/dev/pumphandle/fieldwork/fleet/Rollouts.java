package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pumphandle.linelist.FleetChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rollouts as `kubectl get replicasets -A -o json` and `kubectl get controllerrevisions` show
/// them: each revision of a Deployment is a ReplicaSet of its own, made when it was rolled out, and
/// ten old ones are kept.
///
/// Source: Kubernetes v1.31 pkg/controller/deployment/util/deployment_util.go
/// (`deployment.kubernetes.io/revision`); api apps/v1, ReplicaSet and ControllerRevision.
///
/// Folklore: a rollback takes up the old ReplicaSet again, with its old time of birth; the moment
/// of the rollback is nowhere. Test: aReplicaSetIsARelease.
final class Rollouts implements JsonChanges.Dialect {

  private static final String REVISION = "deployment.kubernetes.io/revision";

  private final Given given;

  Rollouts(Given given) {
    this.given = given;
  }

  @Override
  public boolean knows(ObjectNode object) {
    String kind = object.path("kind").asText();
    return (kind.equals("ReplicaSet") || kind.equals("ControllerRevision"))
        && object.path("metadata").isObject();
  }

  @Override
  public void read(ObjectNode object, long line, JsonChanges.Changes changes)
      throws FleetFormatException {
    JsonNode metadata = object.path("metadata");
    Instant at =
        Moments.parse(metadata.path("creationTimestamp").asText())
            .orElseThrow(
                () ->
                    FleetFormatException.at(
                        given.source(),
                        line,
                        "expected a moment in metadata.creationTimestamp, found '"
                            + metadata.path("creationTimestamp").asText()
                            + "'"));
    JsonNode owner = metadata.path("ownerReferences").path(0);
    String name = owner.path("name").asText(metadata.path("name").asText());
    String revision =
        metadata.path("annotations").path(REVISION).asText(object.path("revision").asText());
    JsonNode template = object.at("/spec/template/spec/containers");
    JsonNode containers =
        template.isMissingNode() ? object.at("/data/spec/template/spec/containers") : template;
    List<String> images = new ArrayList<>();
    for (JsonNode each : containers) {
      images.add(image(each.path("image").asText()));
    }
    String what =
        metadata.path("namespace").asText("default")
            + "/"
            + name
            + (images.isEmpty() ? " revision " + revision : " " + String.join(" ", images));
    changes.add(
        new FleetChange(
            at,
            "release",
            what,
            given.cluster(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /// `registry:5000/team/leaf:2025.30@sha256:…` without the registry and the digest.
  private static String image(String reference) {
    String named = reference.substring(reference.lastIndexOf('/') + 1);
    int digest = named.indexOf('@');
    boolean tagged = named.contains(":") && (digest < 0 || named.indexOf(':') < digest);
    return tagged && digest >= 0 ? named.substring(0, digest) : named;
  }
}
