package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/// A listing in which the problem directories of ABRT are one object each: the core, with what lies
/// beside it in files of one field each. No other listing is changed.
///
/// Files that are called like a field are held back until the listing has left their directory: if
/// there was a `coredump` among them they belong to it, if there was none they are objects like any
/// other. Nothing else is held back, so that memory stays small in a directory of millions.
///
/// Source: libreport 2.17 src/include/internal_libreport.h and problem_data.h, FILENAME_*.
public final class ProblemDirectories implements Iterator<Listed> {
  private static final String HANDLER = "abrt/";
  private static final String CORE = "coredump";
  private static final int LARGEST = 64 << 10;

  /// Fewer fields than these beside a core, and it is no problem directory.
  private static final int FEWEST = 3;

  private static final Set<String> FIELDS =
      Set.of(
          "abrt_version",
          "analyzer",
          "architecture",
          "backtrace",
          "cgroup",
          "cmdline",
          "comment",
          "component",
          "container",
          "container_cmdline",
          "container_id",
          "container_image",
          "container_rootfs",
          "container_uuid",
          "core_backtrace",
          "count",
          "cpuinfo",
          "crash_function",
          "docker_inspect",
          "dso_list",
          "duphash",
          "environ",
          "event_log",
          "exception_type",
          "executable",
          "exploitable",
          "global_pid",
          "global_uuid",
          "hostname",
          "journald_cursor",
          "kernel",
          "last_occurrence",
          "limits",
          "machineid",
          "maps",
          "mountinfo",
          "namespaces",
          "not-reportable",
          "open_fds",
          "os_info",
          "os_release",
          "package",
          "pid",
          "pkg_arch",
          "pkg_epoch",
          "pkg_fingerprint",
          "pkg_name",
          "pkg_release",
          "pkg_vendor",
          "pkg_version",
          "proc_pid_status",
          "pwd",
          "reason",
          "remote",
          "reported_to",
          "root",
          "rootdir",
          "runlevel",
          "sosreport.log",
          "tid",
          "time",
          "type",
          "ucontext",
          "uid",
          "ureports_counter",
          "username",
          "uuid",
          "var_log_messages");

  /// The fields that are worth reading.
  private static final Set<String> READ =
      Set.of(
          "cgroup",
          "cmdline",
          "component",
          "container_id",
          "container_image",
          "count",
          "executable",
          "global_pid",
          "hostname",
          "kernel",
          "os_release",
          "package",
          "pid",
          "pkg_name",
          "pkg_release",
          "pkg_version",
          "reason",
          "tid",
          "time",
          "uid");

  private final Iterator<Listed> listing;
  private final List<StoredObject> held = new ArrayList<>();
  private final Deque<Listed> ready = new ArrayDeque<>();
  private Optional<StoredObject> core = Optional.empty();
  private String directory = "";

  /// A listing over another, whose objects of one directory follow one another.
  public ProblemDirectories(Iterator<Listed> listing) {
    this.listing = listing;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && listing.hasNext()) {
      take(listing.next());
    }
    if (ready.isEmpty()) {
      release();
    }
    return !ready.isEmpty();
  }

  @Override
  public Listed next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void take(Listed listed) {
    int slash = listed.uri().lastIndexOf('/');
    String in = listed.uri().substring(0, slash + 1);
    String name = listed.uri().substring(slash + 1);
    if (!in.equals(directory)) {
      release();
      directory = in;
    }
    if (listed instanceof StoredObject object && name.equals(CORE)) {
      core = Optional.of(object);
    } else if (listed instanceof StoredObject object && FIELDS.contains(name)) {
      held.add(object);
    } else {
      ready.add(listed);
    }
  }

  private void release() {
    if (core.isPresent() && held.size() >= FEWEST) {
      ready.add(problem(core.get(), List.copyOf(held)));
    } else {
      core.ifPresent(ready::add);
      ready.addAll(held);
    }
    core = Optional.empty();
    held.clear();
  }

  private static StoredObject problem(StoredObject core, List<StoredObject> fields) {
    return new StoredObject(
        core.uri(),
        core.bytes(),
        core.version(),
        core.modifiedAt(),
        core.metadata(),
        new ProblemAccess(core.access(), fields));
  }

  private record ProblemAccess(StoredObject.Access core, List<StoredObject> fields)
      implements StoredObject.Access {
    @Override
    public ByteSource raw() throws IOException {
      return core.raw();
    }

    @Override
    public Optional<ByteView> sidecar() throws IOException {
      return core.sidecar();
    }

    @Override
    public Optional<StoredObject> beside(String name) throws IOException {
      return core.beside(name);
    }

    @Override
    public Map<String, String> said() throws IOException {
      Map<String, String> said = new HashMap<>();
      for (StoredObject field : fields) {
        String name = field.uri().substring(field.uri().lastIndexOf('/') + 1);
        if (READ.contains(name)) {
          try (ByteSource source = field.access().raw()) {
            String text = new String(source.read(0, LARGEST).toArray(), StandardCharsets.UTF_8);
            said.put(HANDLER + name, text.strip());
          }
        }
      }
      return said;
    }
  }
}
