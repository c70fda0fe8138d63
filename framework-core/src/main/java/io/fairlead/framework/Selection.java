// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;

/**
 * Which objects of a kind the server is asked for.
 *
 * @param namespace empty for all
 * @param labels {@link LabelSelector#EVERYTHING} for all
 * @param fields in the form of the {@code fieldSelector} query parameter; empty for all
 */
@Api(Api.Status.EXPERIMENTAL)
public record Selection(String namespace, LabelSelector labels, String fields) {
    public static final Selection ALL = new Selection("", LabelSelector.EVERYTHING, "");

    public Selection {
        requireNonNull(namespace, "namespace");
        requireNonNull(labels, "labels");
        requireNonNull(fields, "fields");
    }

    public Selection inNamespace(String newNamespace) {
        return new Selection(newNamespace, labels, fields);
    }

    public Selection matching(LabelSelector newLabels) {
        return new Selection(namespace, newLabels, fields);
    }

    public Selection withFields(String newFields) {
        return new Selection(namespace, labels, newFields);
    }
}
