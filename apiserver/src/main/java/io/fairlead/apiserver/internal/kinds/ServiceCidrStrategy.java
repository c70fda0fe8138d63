// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** ServiceCIDRs: ranges of cluster IPs, one of each family at most, that never change. */
final class ServiceCidrStrategy extends GenericStrategy {
    private static final FieldPath RANGES = FieldPath.of("spec").child("cidrs");

    ServiceCidrStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        List<String> ranges = spec.texts("cidrs");
        if (ranges.isEmpty()) {
            errors.required(RANGES, "at least one CIDR required");
        } else if (ranges.size() > 2) {
            errors.invalid(RANGES, GoStructs.of("ServiceCIDRSpec", spec), "may only hold up to 2 values");
        } else {
            validateRanges(spec, ranges, errors);
        }
    }

    private static void validateRanges(JsonObject spec, List<String> ranges, FieldErrors errors) {
        for (int i = 0; i < ranges.size(); i++) {
            errors.invalid(RANGES.index(i), ranges.get(i), Addresses.canonicalNetwork(ranges.get(i)));
        }
        List<Boolean> families = ranges.stream()
                .flatMap(range -> Addresses.network(range).stream())
                .map(Addresses.Network::isV6)
                .toList();
        if (families.size() == 2 && families.getFirst().equals(families.getLast())) {
            errors.invalid(
                    RANGES,
                    spec.get("cidrs"),
                    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
        }
    }

    /** An update is checked by what it changes alone: a second family may come, nothing else. */
    @Override
    void validateUpdatedSpec(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        List<String> ranges = spec.texts("cidrs");
        List<String> before = old.objectOrEmpty("spec").texts("cidrs");
        boolean grows = before.size() == 1 && ranges.size() == 2;
        if (ranges.size() != before.size() && !grows) {
            errors.invalid(RANGES, spec.arrayOrEmpty("cidrs"), "field is immutable");
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!ranges.get(i).equals(before.get(i))) {
                errors.invalid(RANGES.index(i), ranges.get(i), "field is immutable");
            }
        }
        if (grows && ranges.getFirst().equals(before.getFirst())) {
            validateRanges(spec, ranges, errors);
        }
    }
}
