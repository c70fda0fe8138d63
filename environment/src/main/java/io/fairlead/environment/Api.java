// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says how far users may rely on a public type. Every public type outside packages named {@code internal} carries it. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Api(Api.Status.EXPERIMENTAL)
public @interface Api {
    /** How stable the type is. */
    Status value();

    /** The first release that has the type. */
    String since() default "0.1";

    /** Degrees of stability. */
    enum Status {
        /** Changes only with a new major version. */
        STABLE,
        /** For use, but may still change with any release; the changelog says how. */
        EXPERIMENTAL,
        /** Public only because another module of the project needs it. */
        INTERNAL
    }
}
