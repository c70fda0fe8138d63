// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static io.fairlead.apiserver.internal.apply.Trees.T0;
import static io.fairlead.apiserver.internal.apply.Trees.object;
import static io.fairlead.apiserver.internal.apply.Trees.owners;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ObjectDecoder;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.schema.StructType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expectations are what the original answered to the same writes. */
class ManagedFieldsTest {
    private Instant now = T0;

    /** Writes {@code text} as {@code manager}; null is a create. */
    private JsonObject update(JsonObject old, String manager, String text) {
        return update(old, manager, "", FieldSet.EMPTY, text);
    }

    private JsonObject update(JsonObject old, String manager, String subresource, FieldSet reset, String text) {
        JsonObject next = object(text);
        now = now.plusSeconds(1);
        GroupVersionKind kind = GroupVersionKind.of(next.text("apiVersion"), next.text("kind"));
        FieldType type = Trees.type(next.text("apiVersion"), next.text("kind"));
        ManagedFields.update(new FieldWrite(type, kind, subresource, reset, manager, now, Versions.NONE), old, next);
        next.child("metadata").put("uid", "u");
        return next;
    }

    private static JsonObject empty(String apiVersion, String kind) {
        StructType type =
                Schema.builtIn().type(GroupVersionKind.of(apiVersion, kind)).orElseThrow();
        return ObjectDecoder.empty(type);
    }

    private JsonObject create(String manager, String text) {
        JsonObject next = object(text);
        return update(empty(next.text("apiVersion"), next.text("kind")), manager, text);
    }

    private static String configMap(String data) {
        return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':" + data + "}";
    }

    @Nested
    class ACreate {
        @Test
        void givesAllFieldsToTheCreator() {
            assertThat(owners(create("c", configMap("{'a':'1','b':'2'}"))))
                    .isEqualTo("c Update {'f:data':{'.':{},'f:a':{},'f:b':{}}}");
        }

        @Test
        void countsStructsThatAreAlwaysThereAsNobodys() {
            String deployment =
                    """
                    {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a'},
                     'spec':{'replicas':1,'selector':{'matchLabels':{'app':'a'}},'template':{
                       'metadata':{'labels':{'app':'a'}},
                       'spec':{'containers':[{'name':'c','image':'i','resources':{}}],'securityContext':{}}},
                       'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':'25%'}}},'status':{}}""";

            assertThat(owners(create("c", deployment)))
                    .isEqualTo("c Update {'f:spec':{'f:replicas':{},'f:selector':{},'f:strategy':{'f:rollingUpdate':"
                            + "{'.':{},'f:maxSurge':{}},'f:type':{}},'f:template':{'f:metadata':{'f:labels':{'.':{},"
                            + "'f:app':{}}},'f:spec':{'f:containers':{'k:{\\'name\\':\\'c\\'}':{'.':{},'f:image':{},"
                            + "'f:name':{},'f:resources':{}}},'f:securityContext':{}}}}}");
        }

        @Test
        void ownsLabelsFinalizersAndOwnersOneByOne() {
            String object =
                    """
                    {'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','labels':{'l':'m'},
                      'annotations':{'a':'b'},'finalizers':['example.com/f'],
                      'ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap','name':'x','uid':'u1'}]}}""";

            assertThat(owners(create("meta", object)))
                    .isEqualTo("meta Update {'f:metadata':{'f:annotations':{'.':{},'f:a':{}},"
                            + "'f:finalizers':{'.':{},'v:\\'example.com/f\\'':{}},'f:labels':{'.':{},'f:l':{}},"
                            + "'f:ownerReferences':{'.':{},'k:{\\'uid\\':\\'u1\\'}':{}}}}");
        }

        @Test
        void byNobodyIsByUnknown() {
            assertThat(owners(create("", configMap("{'a':'1'}")))).startsWith("unknown Update");
        }
    }

    @Nested
    class AnUpdate {
        @Test
        void takesWhatItChanges() {
            JsonObject live = create("param", configMap("{'a':'1'}"));
            live = update(live, "other", configMap("{'a':'2'}"));
            assertThat(owners(live)).isEqualTo("param Update {'f:data':{}}\nother Update {'f:data':{'f:a':{}}}");

            live = update(live, "third", configMap("{'a':'2','b':'2'}"));
            live = update(live, "fourth", configMap("{'a':'2'}"));
            assertThat(owners(live)).isEqualTo("param Update {'f:data':{}}\nother Update {'f:data':{'f:a':{}}}");
        }

        @Test
        void thatChangesNothingOwnsNothing() {
            JsonObject live = create("param", configMap("{'a':'1'}"));

            JsonObject next = update(live, "other", configMap("{'a':'1'}"));

            assertThat(next.objectOrEmpty("metadata").get("managedFields"))
                    .isEqualTo(live.objectOrEmpty("metadata").get("managedFields"));
        }

        @Test
        void extendsTheEntryOfItsManager() {
            JsonObject live = create("param", configMap("{'a':'1'}"));

            JsonObject next = update(live, "param", configMap("{'a':'1','b':'2'}"));

            assertThat(owners(next)).isEqualTo("param Update {'f:data':{'.':{},'f:a':{},'f:b':{}}}");
            assertThat(next.objectOrEmpty("metadata")
                            .objects("managedFields")
                            .getFirst()
                            .text("time"))
                    .isEqualTo("2026-01-01T00:00:02Z");
        }

        @Test
        void throughASubresourceHasAnEntryOfItsOwn() {
            String pod = "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'nodeName':'n'},'status':%s}";
            JsonObject live = create("c", pod.formatted("{}"));

            JsonObject next = update(
                    live,
                    "kubelet",
                    "status",
                    FieldSet.ofPaths(List.of("spec")),
                    pod.formatted("{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}"));

            assertThat(owners(next))
                    .isEqualTo("c Update {'f:spec':{'f:nodeName':{}}}\nkubelet Update {'f:status':{'f:conditions':{"
                            + "'.':{},'k:{\\'type\\':\\'Ready\\'}':{'.':{},'f:status':{},'f:type':{}}},'f:phase':{}}}");
            assertThat(next.objectOrEmpty("metadata")
                            .objects("managedFields")
                            .getLast()
                            .text("subresource"))
                    .isEqualTo("status");
        }

        @Test
        void doesNotOwnWhatIsReset() {
            JsonObject live = create("c", configMap("{'a':'1'}"));

            JsonObject next = update(live, "d", "", FieldSet.ofPaths(List.of("data")), configMap("{'a':'2','b':'3'}"));

            assertThat(owners(next)).isEqualTo("c Update {'f:data':{'.':{},'f:a':{}}}");
        }
    }

    @Nested
    class ManagedFieldsOfTheClient {
        private final String entries =
                """
                [{'manager':'kubectl','operation':'Apply','apiVersion':'v1','time':'2020-01-01T00:00:00Z',
                  'fieldsType':'FieldsV1','fieldsV1':{'f:data':{'f:a':{}}}}]""";

        private String withManagers(String managers) {
            return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','managedFields':" + managers
                    + "},'data':{'a':'1'}}";
        }

        @Test
        void areBelieved() {
            JsonObject live = create("creator", configMap("{'a':'1'}"));

            assertThat(owners(update(live, "m", withManagers(entries))))
                    .isEqualTo("kubectl Apply {'f:data':{'f:a':{}}}");
        }

        @Test
        void ownTheWholeWhereTheyNamePartsOfOne() {
            String service =
                    """
                    {'apiVersion':'v1','kind':'Service','metadata':{'managedFields':[
                      {'manager':'m','operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV1',
                       'fieldsV1':{'f:spec':{'f:selector':{'f:a':{}}}}}]},'spec':{'selector':{'a':'b'}}}""";
            JsonObject live = object("{'apiVersion':'v1','kind':'Service','spec':{'selector':{'a':'b'}}}");

            assertThat(owners(update(live, "m", service))).isEqualTo("m Apply {'f:spec':{'f:selector':{}}}");
        }

        @Test
        void areNotBelievedThroughASubresource() {
            JsonObject live = create("creator", configMap("{'a':'1'}"));

            assertThat(owners(update(live, "m", "status", FieldSet.EMPTY, withManagers(entries))))
                    .isEqualTo("creator Update {'f:data':{'.':{},'f:a':{}}}");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                textBlock =
                        """
                [{'manager':'m','operation':'Bogus','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{}}]
                [{'manager':'m','operation':'Apply','fieldsType':'FieldsV1','fieldsV1':{}}]
                [{'manager':'m','operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV9','fieldsV1':{}}]
                [{'manager':'m','operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{'bad':{}}}]
                null
                """)
        void thatCannotBeReadLeaveThoseThatThereWere(String managers) {
            JsonObject live = create("creator", configMap("{'a':'1'}"));

            assertThat(owners(update(live, "m", withManagers(managers))))
                    .isEqualTo("creator Update {'f:data':{'.':{},'f:a':{}}}");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({"[]", "[{}]"})
        void thatAreEmptyResetTheObjectForGood(String managers) {
            JsonObject live = create("creator", configMap("{'a':'1'}"));

            JsonObject reset = update(live, "m", withManagers(managers));
            assertThat(reset.objectOrEmpty("metadata").has("managedFields")).isFalse();

            JsonObject changed = update(reset, "m", configMap("{'a':'5'}"));
            assertThat(changed.objectOrEmpty("metadata").has("managedFields")).isFalse();
        }
    }

    @Test
    void keepsNoMoreThanTenUpdatersApart() {
        JsonObject live = create("m0", configMap("{'k0':'1'}"));
        StringBuilder data = new StringBuilder("'k0':'1'");
        for (int i = 1; i <= 11; i++) {
            data.append(",'k").append(i).append("':'1'");
            live = update(live, "m" + i, configMap("{" + data + "}"));
        }

        List<JsonObject> entries = live.objectOrEmpty("metadata").objects("managedFields");

        assertThat(entries).hasSize(10);
        assertThat(owners(live)).startsWith("ancient-changes Update {'f:data':{'.':{},'f:k0':{},'f:k1':{},'f:k2':{}}}");
    }

    @Nested
    class Times {
        @Test
        void areKeptIfNothingElseIsNew() {
            JsonObject old = create("m", configMap("{'a':'1'}"));
            JsonObject next = old.deepCopy();
            next.objectOrEmpty("metadata").objects("managedFields").getFirst().put("time", "2026-02-01T00:00:00Z");

            ManagedFields.keepTimes(old, next);

            assertThat(next).isEqualTo(old);
        }

        @Test
        void areNewIfAnythingElseIs() {
            JsonObject old = create("m", configMap("{'a':'1'}"));
            JsonObject next = old.deepCopy();
            next.objectOrEmpty("metadata").objects("managedFields").getFirst().put("time", "2026-02-01T00:00:00Z");
            next.put("data", object("{'a':'2'}"));

            ManagedFields.keepTimes(old, next);

            assertThat(next.toString()).contains("2026-02-01T00:00:00Z");
        }
    }

    @ParameterizedTest(name = "{0} and {1} are {2}")
    @CsvSource({
        "'',kubectl/v1.36.3 (linux/amd64),kubectl",
        "'',plain words here,plain words here",
        "param,agent/1,param",
        "'','',''"
    })
    void namesTheManager(String parameter, String userAgent, String expected) {
        assertThat(ManagedFields.manager(parameter, userAgent)).isEqualTo(expected);
    }

    @Test
    void cutsLongNames() {
        assertThat(ManagedFields.manager("", "m".repeat(140))).isEqualTo("m".repeat(128));
        assertThat(ManagedFields.manager("", "ä".repeat(140))).isEqualTo("ä".repeat(64));
    }

    @Nested
    class AScale {
        private final ScaleFields fields = new ScaleFields("apps/v1", Map.of("apps/v1", "spec.replicas"));
        private final JsonObject parent = object(
                """
                {'metadata':{'managedFields':[{'manager':'spec','operation':'Apply','apiVersion':'apps/v1',
                  'time':'2020-01-01T00:00:00Z','fieldsType':'FieldsV1',
                  'fieldsV1':{'f:spec':{'f:replicas':{},'f:selector':{}}}}]}}""");

        @Test
        void isOwnedByWhoOwnsTheReplicas() {
            JsonObject scale = new JsonObject();

            fields.toScale(parent, scale);

            assertThat(owners(scale)).isEqualTo("spec Apply {'f:spec':{'f:replicas':{}}}");
            assertThat(scale.objectOrEmpty("metadata")
                            .objects("managedFields")
                            .getFirst()
                            .text("apiVersion"))
                    .isEqualTo("autoscaling/v1");
        }

        @Test
        void movesTheReplicasToWhoScaled() {
            JsonObject scale = object(
                    """
                    {'metadata':{'managedFields':[{'manager':'scaler','operation':'Update','subresource':'scale',
                      'apiVersion':'autoscaling/v1','time':'2020-01-02T00:00:00Z','fieldsType':'FieldsV1',
                      'fieldsV1':{'f:spec':{'f:replicas':{}}}}]}}""");
            JsonObject next = new JsonObject();

            fields.toParent(parent, scale, next);

            assertThat(owners(next))
                    .isEqualTo("spec Apply {'f:spec':{'f:selector':{}}}\nscaler Update {'f:spec':{'f:replicas':{}}}");
            assertThat(next.objectOrEmpty("metadata").objects("managedFields").getLast())
                    .hasToString("{\"manager\":\"scaler\",\"operation\":\"Update\",\"apiVersion\":\"apps/v1\","
                            + "\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:spec\":{\"f:replicas\":{}}},"
                            + "\"subresource\":\"scale\"}");
        }
    }
}
