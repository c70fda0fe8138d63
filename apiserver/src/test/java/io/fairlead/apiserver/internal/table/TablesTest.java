// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expectations are what the original showed for the same objects. */
class TablesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private static JsonObject object(String text) {
        return (JsonObject) JsonReader.read(text.replace('\'', '"').getBytes(UTF_8));
    }

    private static String cells(String apiVersion, String kind, String text) {
        TableFormat format = Tables.of(GroupVersionKind.of(apiVersion, kind));
        JsonObject object = object(text);
        object.child("metadata").put("name", "a").put("creationTimestamp", "2026-01-01T23:59:00Z");
        return format.cells(object, NOW).toString().replace('"', '\'');
    }

    @Nested
    class APod {
        private String summary(String spec, String status) {
            String pod = cells("v1", "Pod", "{'spec':" + spec + ",'status':" + status + "}");
            return pod.substring(5, pod.indexOf(",'60s'"));
        }

        private final String one = "{'containers':[{'name':'c'}]}";
        private final String two = "{'containers':[{'name':'c'},{'name':'d'}]}";
        private final String init = "{'initContainers':[{'name':'i'},{'name':'j'}],'containers':[{'name':'c'}]}";

        @ParameterizedTest(name = "{1}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                textBlock =
                        """
                {'phase':'Pending'}                                        | '0/1','Pending','0'
                {'phase':'Pending','containerStatuses':[{'name':'c','state':{'waiting':{'reason':'ContainerCreating'}}}]} | '0/1','ContainerCreating','0'
                {'phase':'Running','containerStatuses':[{'name':'c','ready':true,'state':{'running':{}}}]} | '1/1','Running','0'
                {'phase':'Running','containerStatuses':[{'name':'c','restartCount':7,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':{'finishedAt':'2026-01-01T22:00:00Z'}}}]} | '0/1','CrashLoopBackOff','7 (120m ago)'
                {'phase':'Failed','containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':3}}}]} | '0/1','ExitCode:3','0'
                {'phase':'Failed','containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':137,'signal':9}}}]} | '0/1','Signal:9','0'
                {'phase':'Failed','reason':'Evicted'}                      | '0/1','Evicted','0'
                {'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'SchedulingGated'}]} | '0/1','SchedulingGated','0'
                """)
        void showsItsContainer(String status, String expected) {
            assertThat(summary(one, status)).isEqualTo(expected);
        }

        @Test
        void runsAsLongAsAContainerRuns() {
            String half =
                    """
                    {'phase':'Running',%s'containerStatuses':[
                      {'name':'c','state':{'terminated':{'exitCode':0,'reason':'Completed'}}},
                      {'name':'d','ready':true,'state':{'running':{}}}]}""";

            assertThat(summary(two, half.formatted("'conditions':[{'type':'Ready','status':'True'}],")))
                    .isEqualTo("'1/2','Running','0'");
            assertThat(summary(two, half.formatted(""))).isEqualTo("'1/2','NotReady','0'");
        }

        @Test
        void showsTheInitContainerThatItIsAt() {
            String done = "{'name':'i','state':{'terminated':{'exitCode':0}}}";

            assertThat(summary(init, "{'phase':'Pending','initContainerStatuses':[" + done + ",{'name':'j'}]}"))
                    .isEqualTo("'0/1','Init:1/2','0'");
            assertThat(summary(
                            init,
                            "{'phase':'Pending','initContainerStatuses':[{'name':'i','state':"
                                    + "{'terminated':{'exitCode':1,'reason':'Error'}}}]}"))
                    .isEqualTo("'0/1','Init:Error','0'");
        }

        @Test
        void countsSidecars() {
            String spec = "{'initContainers':[{'name':'s','restartPolicy':'Always'}],'containers':[{'name':'c'}]}";
            String status =
                    """
                    {'phase':'Running','initContainerStatuses':[{'name':'s','ready':true,'started':true,'restartCount':1,
                      'state':{'running':{}},'lastState':{'terminated':{'finishedAt':'2026-01-01T23:58:00Z'}}}],
                     'containerStatuses':[{'name':'c','ready':true,'state':{'running':{}}}]}""";

            assertThat(summary(spec, status)).isEqualTo("'2/2','Running','1 (2m ago)'");
        }

        @Test
        void terminatesUnlessItsNodeIsLost() {
            String deleted = "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'},'spec':" + one + ",'status':";

            assertThat(cells("v1", "Pod", deleted + "{'phase':'Running'}}")).contains("'Terminating'");
            assertThat(cells("v1", "Pod", deleted + "{'phase':'Running','reason':'NodeLost'}}"))
                    .contains("'Unknown'");
        }

        @Test
        void thatIsOverSaysSo() {
            TableFormat format = Tables.of(GroupVersionKind.of("v1", "Pod"));

            assertThat(format.conditions(object("{'status':{'phase':'Failed'}}"))
                            .toString())
                    .contains("\"reason\":\"Failed\"");
            assertThat(format.conditions(object("{'status':{'phase':'Running'}}")))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{1}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            apps/v1 | Deployment | {'spec':{'replicas':3,'selector':{'matchExpressions':[{'key':'a','operator':'In','values':['c','b']}]},'template':{'spec':{'containers':[{'name':'c','image':'i'},{'name':'d','image':'i'}]}}},'status':{'readyReplicas':1,'updatedReplicas':2,'availableReplicas':1}} | ['a','1/3',2,1,'60s','c,d','i,i','a in (b,c)']
            apps/v1 | DaemonSet | {'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'spec':{'nodeSelector':{'x':'y','k':'l'},'containers':[]}}},'status':{'desiredNumberScheduled':3}} | ['a',3,0,0,0,0,'k=l,x=y','60s','','','a=b']
            batch/v1 | Job | {'spec':{'completions':5},'status':{'succeeded':2,'startTime':'2026-01-01T23:59:30Z'}} | ['a','Running','2/5','30s','60s','','','<none>']
            batch/v1 | CronJob | {'spec':{'schedule':'@daily','timeZone':'Europe/Prague','suspend':true},'status':{'active':[{},{}]}} | ['a','@daily','Europe/Prague','True',2,'<none>','60s','','','<none>']
            v1 | Service | {'spec':{'type':'NodePort','clusterIPs':['10.0.0.1'],'ports':[{'port':80,'nodePort':30071,'protocol':'TCP'}],'selector':{'a':'b'}}} | ['a','NodePort','10.0.0.1','<none>','80:30071/TCP','60s','a=b']
            v1 | Service | {'spec':{'type':'LoadBalancer','externalIPs':['9.9.9.9']},'status':{'loadBalancer':{'ingress':[{'hostname':'lb.example'},{'ip':'1.2.3.4'}]}}} | ['a','LoadBalancer','<none>','1.2.3.4,lb.example,9.9.9.9','<none>','60s','<none>']
            v1 | Endpoints | {'subsets':[{'addresses':[{'ip':'1'},{'ip':'2'},{'ip':'3'},{'ip':'4'}],'ports':[{'port':80}]}]} | ['a','1:80,2:80,3:80 + 1 more...','60s']
            networking.k8s.io/v1 | NetworkPolicy | {'spec':{'podSelector':{'matchLabels':{'a':'b'},'matchExpressions':[{'key':'k','operator':'NotIn','values':['y','x']}]}}} | ['a','a=b,k notin (x,y)','60s']
            v1 | Node | {'metadata':{'labels':{'node-role.kubernetes.io/worker':''}},'spec':{'unschedulable':true},'status':{'conditions':[{'type':'Ready','status':'False'}]}} | ['a','NotReady,SchedulingDisabled','worker','60s','','<none>','<none>','<unknown>','<unknown>','<unknown>']
            v1 | PersistentVolumeClaim | {'spec':{'volumeName':'v','storageClassName':'sc','volumeMode':'Filesystem'},'status':{'phase':'Bound','accessModes':['ReadWriteMany','ReadWriteOnce'],'capacity':{'storage':'2Gi'}}} | ['a','Bound','v','2Gi','RWO,RWX','sc','<unset>','60s','Filesystem']
            v1 | ResourceQuota | {'status':{'hard':{'pods':'2','limits.cpu':'3'},'used':{'pods':'1'}}} | ['a','pods: 1/2','limits.cpu: 0/3','60s']
            v1 | Event | {'type':'Normal','reason':'S','involvedObject':{'kind':'Pod','name':'p'},'message':' M ','reportingComponent':'c','eventTime':'2026-01-01T23:59:00.000000Z'} | ['60s','Normal','S','pod/p','','c','M','60s',1,'a']
            autoscaling/v2 | HorizontalPodAutoscaler | {'spec':{'scaleTargetRef':{'kind':'Deployment','name':'d'},'minReplicas':2,'maxReplicas':9,'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{'averageUtilization':60}}},{'type':'Resource','resource':{'name':'memory','target':{'averageValue':'100Mi'}}},{'type':'Pods'}]},'status':{'currentReplicas':3,'currentMetrics':[{'type':'Resource','resource':{'current':{'averageUtilization':55}}}]}} | ['a','Deployment/d','cpu: 55%/60%, memory: <unknown>/100Mi + 1 more...','2',9,3,'60s']
            policy/v1 | PodDisruptionBudget | {'spec':{'minAvailable':'50%'},'status':{'disruptionsAllowed':2}} | ['a','50%','N/A',2,'60s']
            apps/v1 | ControllerRevision | {'revision':3,'metadata':{'ownerReferences':[{'apiVersion':'apps/v1','kind':'StatefulSet','name':'s','controller':true}]}} | ['a','statefulset.apps/s',3,'60s']
            v1 | LimitRange | {} | ['a','2026-01-01T23:59:00Z']
            """)
    void areFilledAsTheOriginalFillsThem(String apiVersion, String kind, String object, String expected) {
        assertThat(cells(apiVersion, kind, object)).isEqualTo(expected);
    }

    @Test
    void haveACellForEachColumn() {
        for (ResourceDefinition resource : Schema.builtIn().resources()) {
            GroupVersionKind kind = Schema.builtIn().storageKind(resource);
            TableFormat format = Tables.of(kind);
            // The original has a cell too many for this kind, and so do we.
            int extra = kind.kind().equals("IPAddress") ? 1 : 0;

            assertThat(format.cells(new JsonObject(), NOW).size())
                    .as(kind.toString())
                    .isEqualTo(format.columns().size() + extra);
        }
    }

    @Test
    void showFlowSchemasByPrecedence() {
        TableFormat format = Tables.of(GroupVersionKind.of("flowcontrol.apiserver.k8s.io/v1", "FlowSchema"));
        JsonObject late = object("{'metadata':{'name':'a'},'spec':{'matchingPrecedence':9000}}");
        JsonObject early = object("{'metadata':{'name':'b'},'spec':{'matchingPrecedence':1}}");

        assertThat(format.arranged(List.of(late, early))).containsExactly(early, late);
    }

    @ParameterizedTest(name = "{0} s is {1}")
    @CsvSource({
        "-5,<invalid>",
        "-1,0s",
        "0,0s",
        "119,119s",
        "120,2m",
        "599,9m59s",
        "600,10m",
        "10799,179m",
        "10800,3h",
        "28799,7h59m",
        "28800,8h",
        "172799,47h",
        "172800,2d",
        "176400,2d1h",
        "691200,8d",
        "63072000,2y",
        "63158400,2y1d",
        "252288000,8y"
    })
    void sayAgesAsPeopleDo(long seconds, String expected) {
        assertThat(HumanDuration.text(Duration.ofSeconds(seconds))).isEqualTo(expected);
    }
}
