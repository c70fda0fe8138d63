// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

/** Why pods that are there keep another one off a node. */
enum Objection {
    MISSING_LABEL(
            "node(s) didn't match pod topology spread constraints (missing required label)", Rejection.SPREAD, true),
    UNEVEN("node(s) didn't match pod topology spread constraints", Rejection.SPREAD, false),
    TOO_FAR("node(s) didn't match pod affinity rules", Rejection.POD_AFFINITY, true),
    TOO_NEAR("node(s) didn't match pod anti-affinity rules", Rejection.POD_AFFINITY, false),
    UNWELCOME("node(s) didn't satisfy existing pods anti-affinity rules", Rejection.POD_AFFINITY, false);

    final String reason;
    final Rejection rejection;
    /** Whether it would not help if pods went. */
    final boolean hopeless;

    Objection(String reason, Rejection rejection, boolean hopeless) {
        this.reason = reason;
        this.rejection = rejection;
        this.hopeless = hopeless;
    }
}
