/** What every new cluster has: namespaces, roles, priority classes, flow schemas, the service of the server itself. */
@NullMarked
package io.fairlead.apiserver.internal.bootstrap;

import org.jspecify.annotations.NullMarked;
