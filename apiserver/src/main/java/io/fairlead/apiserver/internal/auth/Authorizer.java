// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

/** Decides who may do what. Any thread may ask; the answer is given from memory. */
@FunctionalInterface
public interface Authorizer {
    /** Whether {@code user} may do what {@code attributes} say. */
    Decision decide(UserInfo user, Attributes attributes);
}
