package dev.pumphandle.fieldwork.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.util.Optional;

/// IBM's core-dump-handler: JSON files in the zip beside the core.
///
/// Source: IBM core-dump-handler v8.10.0 core-dump-composer/src/config.rs, get_dump_info(), and
/// src/main.rs: dump-info is written first, then the core, then what crictl says of the pod.
///
/// The name of the zip tells nothing that dump-info does not, and its parts cannot be told apart
/// where a host or an executable has a `-`. Its `hostname` is the pod's, its `node_hostname` the
/// node's.
final class CoreDumpHandler {
  private CoreDumpHandler() {}

  static void testify(Handler said, Testimony row) {
    said.json("dump-info.json").ifPresent(json -> dump(json, row));
    said.json("pod-info.json").ifPresent(json -> pod(json, row));
    said.json("ps-info.json").ifPresent(json -> containers(json, said, row));
  }

  private static void dump(JsonNode json, Testimony row) {
    row.diedAt(Handler.at(json, "/timestamp"), 1);
    // The kernel writes the path with '!' for '/'.
    row.path(Handler.at(json, "/path").map(path -> path.replace('!', '/')));
    row.text(ProcessColumns.PROCESS_EXECUTABLE_NAME, Handler.at(json, "/exe"));
    row.number(ProcessColumns.PROCESS_PID, Handler.at(json, "/real_pid"));
    row.signal(Handler.at(json, "/signal"));
    row.text(PlaceColumns.HOST_NAME, Handler.at(json, "/hostname"));
    row.text(PlaceColumns.K8S_NODE_NAME, Handler.at(json, "/node_hostname"));
    row.extra("core_dump_handler_uuid", Handler.at(json, "/uuid"));
  }

  private static void pod(JsonNode json, Testimony row) {
    row.text(PlaceColumns.K8S_POD_NAME, Handler.at(json, "/metadata/name"));
    row.text(PlaceColumns.K8S_NAMESPACE_NAME, Handler.at(json, "/metadata/namespace"));
    row.text(PlaceColumns.K8S_POD_UID, Handler.at(json, "/metadata/uid"));
  }

  /// Which of several containers crashed is not said: of several, none is named.
  private static void containers(JsonNode json, Handler said, Testimony row) {
    if (json.path("containers").size() != 1) {
      return;
    }
    JsonNode only = json.path("containers").get(0);
    row.text(PlaceColumns.CONTAINER_ID, Handler.at(only, "/id"));
    row.text(PlaceColumns.K8S_CONTAINER_NAME, Handler.at(only, "/metadata/name"));
    Optional<String> tag =
        said.json("image-info.json")
            .flatMap(
                image ->
                    Handler.at(image, "/repoTags/0")
                        .or(() -> Handler.at(image, "/images/0/repoTags/0")));
    row.text(PlaceColumns.CONTAINER_IMAGE_NAME, tag.or(() -> Handler.at(only, "/image/image")));
  }
}
