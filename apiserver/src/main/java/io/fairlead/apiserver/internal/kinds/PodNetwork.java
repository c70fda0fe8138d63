// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;

/** What is wrong with how a pod finds others: name service, host names, the host's network. */
final class PodNetwork {
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");

    /** Upstream's bounds, which are those of the C library's resolver. */
    private static final int NAMESERVERS_MAX = 3;

    private static final int SEARCHES_MAX = 32;
    private static final int SEARCH_CHARACTERS_MAX = 2048;

    private PodNetwork() {}

    static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
        String policy = spec.text("dnsPolicy");
        if (policy.isEmpty()) {
            errors.required(path.child("dnsPolicy"), "");
        } else {
            errors.oneOf(path.child("dnsPolicy"), policy, DNS_POLICIES);
        }
        validateDnsConfig(spec, path.child("dnsConfig"), errors);
        validateHostNames(spec, path, errors);
        List<JsonObject> aliases = spec.objects("hostAliases");
        for (int i = 0; i < aliases.size(); i++) {
            FieldPath at = path.child("hostAliases").index(i);
            String address = aliases.get(i).text("ip");
            errors.invalid(at.child("ip"), address, Addresses.legacyAddress(address));
            for (String name : aliases.get(i).texts("hostnames")) {
                errors.invalid(at.child("hostnames"), name, Names.dnsSubdomain(name));
            }
        }
        if (spec.flag("hostNetwork")) {
            validateHostPorts(spec, path, errors);
        }
    }

    private static void validateHostNames(JsonObject spec, FieldPath path, FieldErrors errors) {
        for (String field : List.of("hostname", "subdomain")) {
            String name = spec.text(field);
            if (!name.isEmpty()) {
                errors.invalid(path.child(field), name, Names.dnsLabel(name));
            }
        }
        if (Defaults.absent(spec, "hostnameOverride")) {
            return;
        }
        FieldPath at = path.child("hostnameOverride");
        String name = spec.text("hostnameOverride");
        errors.invalid(at, name, Names.dnsSubdomain(name));
        if (name.length() > 64) {
            errors.tooLong(at, 64);
        }
        if (spec.flag("setHostnameAsFQDN")) {
            errors.forbidden(at, "may not be specified when setHostnameAsFQDN is true");
        }
        if (spec.flag("hostNetwork")) {
            errors.forbidden(at, "may not be specified when hostNetwork is true");
        }
    }

    private static void validateDnsConfig(JsonObject spec, FieldPath path, FieldErrors errors) {
        JsonObject config = spec.object("dnsConfig");
        boolean none = spec.text("dnsPolicy").equals("None");
        if (config == null) {
            if (none) {
                errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
            }
            return;
        }
        List<String> servers = config.texts("nameservers");
        FieldPath serversPath = path.child("nameservers");
        if (none && servers.isEmpty()) {
            errors.required(serversPath, "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
        if (servers.size() > NAMESERVERS_MAX) {
            errors.invalid(
                    serversPath,
                    config.get("nameservers"),
                    "must not have more than " + NAMESERVERS_MAX + " nameservers");
        }
        for (int i = 0; i < servers.size(); i++) {
            errors.invalid(serversPath.index(i), servers.get(i), Addresses.legacyAddress(servers.get(i)));
        }
        validateSearches(config, path.child("searches"), errors);
        List<JsonObject> options = config.objects("options");
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).text("name").isEmpty()) {
                errors.required(path.child("options").index(i), "must not be empty");
            }
        }
    }

    private static void validateSearches(JsonObject config, FieldPath path, FieldErrors errors) {
        List<String> searches = config.texts("searches");
        if (searches.size() > SEARCHES_MAX) {
            errors.invalid(path, config.get("searches"), "must not have more than " + SEARCHES_MAX + " search paths");
        }
        if (String.join(" ", searches).length() > SEARCH_CHARACTERS_MAX) {
            errors.invalid(
                    path,
                    config.get("searches"),
                    "must not have more than " + SEARCH_CHARACTERS_MAX
                            + " characters (including spaces) in the search list");
        }
        for (int i = 0; i < searches.size(); i++) {
            String search = searches.get(i);
            String checked = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
            // Underscores stand in names of service records; the original allows them here alone.
            if (!search.equals(".")
                    && !Names.dnsSubdomain(checked.replace('_', 'a')).isEmpty()) {
                errors.invalid(path.index(i), search, Names.dnsSubdomain(checked));
            }
        }
    }

    private static void validateHostPorts(JsonObject spec, FieldPath path, FieldErrors errors) {
        for (String list : List.of("containers", "initContainers")) {
            List<JsonObject> containers = spec.objects(list);
            for (int i = 0; i < containers.size(); i++) {
                List<JsonObject> ports = containers.get(i).objects("ports");
                for (int j = 0; j < ports.size(); j++) {
                    long host = ports.get(j).number("hostPort", 0);
                    long own = ports.get(j).number("containerPort", 0);
                    if (host != 0 && host != own) {
                        errors.invalid(
                                path.child(list)
                                        .index(i)
                                        .child("ports")
                                        .index(j)
                                        .child("containerPort"),
                                own,
                                "must match `hostPort` when `hostNetwork` is true");
                    }
                }
            }
        }
    }
}
