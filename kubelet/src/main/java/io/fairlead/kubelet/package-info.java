/**
 * What makes pods run on nodes, or seem to.
 *
 * <p>A {@link io.fairlead.kubelet.NodeAgent} is chosen when a cluster is put together: {@code simulated} pretends that there are
 * nodes on which every container starts at once, {@code external} leaves the work to real kubelets.
 *
 * <h2>The simulated one</h2>
 *
 * <p>One agent plays the kubelet of all its nodes, from one stream of pods and one of nodes: its own nodes, and those that somebody
 * else has created with the annotation {@code kwok.x-k8s.io/node: fake}. It leaves every other node alone. What a pod does next is
 * decided by {@code PodPlanner} from what the API says of the pod and the time, and nothing else: an agent that is restarted goes
 * on where the last one stopped.
 *
 * <p>{@code docs/simulated-nodes.md} says all of this to users. Pods of a Job whose command is unknown succeed at once; other pods with an unknown command run for ever. Commands that end are
 * understood ({@code true}, {@code false}, {@code sleep 3}, {@code sh -c "sleep 3; exit 1"}), and annotations of the pod change
 * what happens:
 *
 * <table>
 * <caption>Annotations</caption>
 * <tr><td>{@code kubelet.fairlead.io/start-after: 5s}</td><td>stays Pending for so long</td></tr>
 * <tr><td>{@code kubelet.fairlead.io/ready-after: 5s}</td><td>runs for so long before it is ready</td></tr>
 * <tr><td>{@code kubelet.fairlead.io/run-for: 5s}</td><td>its containers end after so long</td></tr>
 * <tr><td>{@code kubelet.fairlead.io/exit-code: "1"}</td><td>with this code; at once, unless it says how long they run</td></tr>
 * <tr><td>{@code kubelet.fairlead.io/fail: ImagePullBackOff}</td><td>its containers never start, for this reason</td></tr>
 * <tr><td>{@code kubelet.fairlead.io/stop-after: 5s}</td><td>takes so long to stop when it is deleted, but no longer than its grace
 * period</td></tr>
 * </table>
 */
@NullMarked
package io.fairlead.kubelet;

import org.jspecify.annotations.NullMarked;
