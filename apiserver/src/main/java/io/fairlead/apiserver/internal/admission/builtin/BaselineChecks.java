// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.blamed;
import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.containers;
import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.context;
import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.counted;
import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.quoted;

import io.fairlead.apiserver.internal.admission.builtin.SecuredPod.Finding;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The checks of the pod security standard "baseline": no known way out of the pod. Pure; in upstream's order. */
final class BaselineChecks {
    private static final Set<String> CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final String SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_OF_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";

    private final SecuredPod pod;
    private final int minor;
    private final List<Finding> findings = new ArrayList<>();

    private BaselineChecks(SecuredPod pod, int minor) {
        this.pod = pod;
        this.minor = minor;
    }

    /**
     * What is wrong with {@code pod} as of release 1.{@code minor}.
     *
     * @param restricted whether the checks of the stricter standard, which take the place of some of these, come as well
     */
    static List<Finding> of(SecuredPod pod, int minor, boolean restricted) {
        BaselineChecks checks = new BaselineChecks(pod, minor);
        checks.appArmor();
        if (!restricted || minor < 22) {
            checks.capabilities();
        }
        checks.hostNamespaces();
        if (!restricted) {
            checks.hostPaths();
        }
        checks.hostPorts();
        if (minor >= 34) {
            checks.hosts();
        }
        checks.privileged();
        boolean relaxed = minor >= 35 && pod.hasUsersOfItsOwn();
        if (!relaxed && !(restricted && minor >= 35)) {
            add(checks.findings, procMount(pod));
        }
        checks.seLinux();
        if (!restricted || minor < 19) {
            checks.seccomp();
        }
        checks.sysctls();
        checks.windowsHostProcess();
        return checks.findings;
    }

    static void add(List<Finding> findings, @Nullable Finding finding) {
        if (finding != null) {
            findings.add(finding);
        }
    }

    private void add(String reason, String detail) {
        findings.add(new Finding(reason, detail));
    }

    private void appArmor() {
        Set<String> values = new TreeSet<>();
        Predicate<JsonObject> bad = holder -> {
            JsonObject profile = context(holder).object("appArmorProfile");
            return profile != null && isForbidden(profile.text("type"), values);
        };
        boolean badPod = bad.test(pod.spec());
        List<String> setters = new ArrayList<>();
        String blamed = blamed(badPod, pod.named(bad));
        if (!blamed.isEmpty()) {
            setters.add(blamed);
        }
        List<String> annotations = new ArrayList<>();
        pod.annotations().forEach((key, ignored) -> {
            String value = pod.annotations().text(key);
            boolean allowed = value.isEmpty() || value.equals("runtime/default") || value.startsWith("localhost/");
            if (key.startsWith(APP_ARMOR) && !allowed) {
                annotations.add(SecuredPod.annotation(key, value));
            }
        });
        annotations.sort(null);
        List<String> all = new ArrayList<>(values);
        all.addAll(annotations);
        if (!annotations.isEmpty()) {
            setters.add(counted("annotation", annotations.size()));
        }
        if (!setters.isEmpty()) {
            add(
                    counted("forbidden AppArmor profile", all.size()),
                    String.join(" and ", setters) + " must not set AppArmor profile type to " + quoted(all));
        }
    }

    /** Whether {@code type} is no profile that confines; notes it then. */
    static boolean isForbidden(String type, Set<String> noted) {
        if (type.equals("RuntimeDefault") || type.equals("Localhost")) {
            return false;
        }
        noted.add(type);
        return true;
    }

    private void capabilities() {
        Set<String> forbidden = new TreeSet<>();
        List<String> bad = pod.named(container -> {
            List<String> added = context(container).objectOrEmpty("capabilities").texts("add").stream()
                    .filter(each -> !CAPABILITIES.contains(each))
                    .toList();
            forbidden.addAll(added);
            return !added.isEmpty();
        });
        if (!bad.isEmpty()) {
            add(
                    "non-default capabilities",
                    containers(bad) + " must not include " + quoted(forbidden)
                            + " in securityContext.capabilities.add");
        }
    }

    private void hostNamespaces() {
        List<String> used = new ArrayList<>();
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (pod.spec().flag(field)) {
                used.add(field + "=true");
            }
        }
        if (!used.isEmpty()) {
            add("host namespaces", String.join(", ", used));
        }
    }

    private void hostPaths() {
        List<String> volumes = pod.spec().objects("volumes").stream()
                .filter(volume -> volume.object("hostPath") != null)
                .map(volume -> volume.text("name"))
                .toList();
        if (!volumes.isEmpty()) {
            add("hostPath volumes", counted("volume", volumes.size()) + " " + quoted(volumes));
        }
    }

    private void hostPorts() {
        Set<String> ports = new TreeSet<>();
        List<String> bad = pod.named(container -> {
            List<String> used = container.objects("ports").stream()
                    .filter(port -> port.number("hostPort", 0) != 0)
                    .map(port -> Long.toString(port.number("hostPort", 0)))
                    .toList();
            ports.addAll(used);
            return !used.isEmpty();
        });
        if (!bad.isEmpty()) {
            add(
                    "hostPort",
                    containers(bad) + use(bad) + counted("hostPort", ports.size()) + " " + String.join(", ", ports));
        }
    }

    private static String use(List<String> names) {
        return names.size() == 1 ? " uses " : " use ";
    }

    private void hosts() {
        Set<String> hosts = new TreeSet<>();
        Set<String> bad = new TreeSet<>(pod.named(container -> {
            JsonObject lifecycle = container.objectOrEmpty("lifecycle");
            int before = hosts.size();
            boolean any = false;
            for (JsonObject handler : List.of(
                    container.objectOrEmpty("livenessProbe"),
                    container.objectOrEmpty("readinessProbe"),
                    container.objectOrEmpty("startupProbe"),
                    lifecycle.objectOrEmpty("postStart"),
                    lifecycle.objectOrEmpty("preStop"))) {
                for (String way : List.of("httpGet", "tcpSocket")) {
                    String host = handler.objectOrEmpty(way).text("host");
                    if (!host.isEmpty()) {
                        hosts.add(host);
                        any = true;
                    }
                }
            }
            return any || hosts.size() > before;
        }));
        if (!bad.isEmpty()) {
            add(
                    "probe or lifecycle host",
                    containers(bad) + use(List.copyOf(bad)) + counted("probe or lifecycle host", hosts.size()) + " "
                            + quoted(hosts));
        }
    }

    private void privileged() {
        List<String> bad = pod.named(container -> context(container).flag("privileged"));
        if (!bad.isEmpty()) {
            add("privileged", containers(bad) + " must not set securityContext.privileged=true");
        }
    }

    static @Nullable Finding procMount(SecuredPod pod) {
        Set<String> types = new TreeSet<>();
        List<String> bad = pod.named(container -> {
            String type = context(container).text("procMount");
            boolean forbidden = !type.isEmpty() && !type.equals("Default");
            if (forbidden) {
                types.add(type);
            }
            return forbidden;
        });
        return bad.isEmpty()
                ? null
                : new Finding(
                        "procMount", containers(bad) + " must not set securityContext.procMount to " + quoted(types));
    }

    private void seLinux() {
        Set<String> types = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        Predicate<JsonObject> bad = holder -> {
            JsonObject options = context(holder).objectOrEmpty("seLinuxOptions");
            String type = options.text("type");
            boolean known = type.isEmpty()
                    || Set.of("container_t", "container_init_t", "container_kvm_t")
                            .contains(type)
                    || (minor >= 31 && type.equals("container_engine_t"));
            if (!known) {
                types.add(type);
            }
            // In this order they are sorted as upstream names them.
            boolean user = !options.text("user").isEmpty();
            boolean role = !options.text("role").isEmpty();
            if (user) {
                others.add("user");
            }
            if (role) {
                others.add("role");
            }
            return !known || user || role;
        };
        boolean badPod = bad.test(pod.spec());
        String blamed = blamed(badPod, pod.named(bad));
        if (blamed.isEmpty()) {
            return;
        }
        List<String> data = new ArrayList<>();
        if (!types.isEmpty()) {
            data.add(counted("type", types.size()) + " " + quoted(types));
        }
        for (String field : List.of("user", "role")) {
            if (others.contains(field)) {
                data.add(field + " may not be set");
            }
        }
        add("seLinuxOptions", blamed + " set forbidden securityContext.seLinuxOptions: " + String.join("; ", data));
    }

    private void seccomp() {
        if (minor < 19) {
            seccompAnnotations();
            return;
        }
        Set<String> values = new TreeSet<>();
        Predicate<JsonObject> bad = holder -> {
            JsonObject profile = context(holder).object("seccompProfile");
            return profile != null && isForbidden(profile.text("type"), values);
        };
        boolean badPod = bad.test(pod.spec());
        String blamed = blamed(badPod, pod.named(bad));
        if (!blamed.isEmpty()) {
            add("seccompProfile", blamed + " must not set securityContext.seccompProfile.type to " + quoted(values));
        }
    }

    private void seccompAnnotations() {
        Set<String> forbidden = new TreeSet<>();
        List<String> keys = new ArrayList<>(List.of(SECCOMP_OF_POD));
        pod.containers().forEach(container -> keys.add(SECCOMP_OF_CONTAINER + container.text("name")));
        for (String key : keys) {
            String value = pod.annotations().text(key);
            boolean allowed =
                    value.equals("runtime/default") || value.equals("docker/default") || value.startsWith("localhost/");
            if (pod.annotations().has(key) && !allowed) {
                forbidden.add(SecuredPod.annotation(key, value));
            }
        }
        if (!forbidden.isEmpty()) {
            add(
                    "seccompProfile",
                    "forbidden " + counted("annotation", forbidden.size()) + " " + String.join(", ", forbidden));
        }
    }

    private void sysctls() {
        List<String> forbidden = pod.context().objects("sysctls").stream()
                .map(each -> each.text("name"))
                .filter(name -> minor < allowedSince(name))
                .toList();
        if (!forbidden.isEmpty()) {
            add("forbidden sysctls", String.join(", ", forbidden));
        }
    }

    private static int allowedSince(String sysctl) {
        return switch (sysctl) {
            case "kernel.shm_rmid_forced",
                    "net.ipv4.ip_local_port_range",
                    "net.ipv4.tcp_syncookies",
                    "net.ipv4.ping_group_range",
                    "net.ipv4.ip_unprivileged_port_start" -> 0;
            case "net.ipv4.ip_local_reserved_ports" -> 27;
            case "net.ipv4.tcp_keepalive_time",
                    "net.ipv4.tcp_fin_timeout",
                    "net.ipv4.tcp_keepalive_intvl",
                    "net.ipv4.tcp_keepalive_probes" -> 29;
            case "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem" -> 32;
            default -> Integer.MAX_VALUE;
        };
    }

    private void windowsHostProcess() {
        Predicate<JsonObject> bad =
                holder -> context(holder).objectOrEmpty("windowsOptions").flag("hostProcess");
        String blamed = blamed(bad.test(pod.spec()), pod.named(bad));
        if (!blamed.isEmpty()) {
            add("hostProcess", blamed + " must not set securityContext.windowsOptions.hostProcess=true");
        }
    }
}
