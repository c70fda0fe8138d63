// SPDX-License-Identifier: Apache-2.0
/**
 * The controllers a cluster is made of, one package each, and the door through which all of them are put into a host.
 *
 * <p>They use what every operator may use: the framework's informers, queues and clients.
 */
@NullMarked
package io.fairlead.controllers;

import org.jspecify.annotations.NullMarked;
