// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

/** Whether a user may do something. */
public enum Decision {
    ALLOW,
    DENY
}
