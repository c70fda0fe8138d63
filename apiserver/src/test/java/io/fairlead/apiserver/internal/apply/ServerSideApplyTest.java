// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static io.fairlead.apiserver.internal.apply.Trees.T0;
import static io.fairlead.apiserver.internal.apply.Trees.object;
import static io.fairlead.apiserver.internal.apply.Trees.owners;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.apply.ApplyResult.Applied;
import io.fairlead.apiserver.internal.apply.ApplyResult.Refused;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.merge.PatchProblem;
import io.fairlead.apiserver.internal.merge.PatchProblem.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The expectations are what the original answered to the same applies. */
class ServerSideApplyTest {
    private Instant now = T0;

    private ApplyResult attempt(JsonObject live, String manager, String applied, boolean force) {
        JsonObject config = object(applied);
        now = now.plusSeconds(1);
        FieldWrite write = Trees.write(live.text("apiVersion"), live.text("kind"), manager, now);
        JsonObject empty = new JsonObject();
        empty.put("apiVersion", live.text("apiVersion"));
        empty.put("kind", live.text("kind"));
        return ServerSideApply.apply(write, live, empty, config, force);
    }

    private JsonObject apply(JsonObject live, String manager, String applied) {
        JsonObject result = ((Applied) attempt(live, manager, applied, false)).object();
        result.child("metadata").put("uid", "u");
        return result;
    }

    private PatchProblem refused(JsonObject live, String manager, String applied) {
        return ((Refused) attempt(live, manager, applied, false)).problem();
    }

    private static String configMap(String data) {
        return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':" + data + "}";
    }

    private static final String NONE = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{}}";

    private static String deployment(String spec) {
        return "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a'},'spec':" + spec + "}";
    }

    private static String containers(String containers) {
        return deployment("{'template':{'spec':{'containers':" + containers + "}}}");
    }

    private static final String NO_DEPLOYMENT = "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{}}";

    @Nested
    class Ownership {
        @Test
        void followsWhatIsApplied() {
            JsonObject first = apply(object(NONE), "one", configMap("{'a':'1','b':'2'}"));
            assertThat(owners(first)).isEqualTo("one Apply {'f:data':{'f:a':{},'f:b':{}}}");

            JsonObject second = apply(first, "one", configMap("{'a':'1'}"));
            assertThat(second.get("data")).isEqualTo(object("{'a':'1'}"));
            assertThat(owners(second)).isEqualTo("one Apply {'f:data':{'f:a':{}}}");
        }

        @Test
        void isSharedByThoseWhoApplyTheSame() {
            JsonObject object = apply(object(NONE), "one", configMap("{'a':'1'}"));
            object = apply(object, "two", configMap("{'a':'1','c':'9'}"));
            object = apply(object, "one", configMap("{'d':'4'}"));
            assertThat(object.get("data")).isEqualTo(object("{'a':'1','c':'9','d':'4'}"));

            object = apply(object, "two", configMap("{'c':'9'}"));
            assertThat(object.get("data")).isEqualTo(object("{'c':'9','d':'4'}"));
            assertThat(owners(object)).isEqualTo("one Apply {'f:data':{'f:d':{}}}\ntwo Apply {'f:data':{'f:c':{}}}");
        }

        @Test
        void endsWhenNothingIsApplied() {
            JsonObject object = apply(object(NONE), "one", configMap("{'a':'1'}"));
            object = apply(object, "two", configMap("{'c':'9'}"));
            object = apply(object, "one", "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'}}");

            assertThat(object.get("data")).isEqualTo(object("{'c':'9'}"));
            assertThat(owners(object)).isEqualTo("two Apply {'f:data':{'f:c':{}}}");
        }

        @Test
        void endsWithAllThatWasInsideOfWhatIsLeftEmpty() {
            String capabilities = "{'capabilities':{'add':['X']}}";
            JsonObject live = apply(
                    object(NO_DEPLOYMENT), "one", containers("[{'name':'c','securityContext':" + capabilities + "}]"));
            JsonObject rest = apply(live, "two", containers("[{'name':'c','image':'i'}]"));

            JsonObject object = apply(rest, "one", containers("[{'name':'c','image':'i'}]"));

            assertThat(object.toString()).doesNotContain("capabilities");
        }

        @Test
        void ofWhatWasThereBeforeIsNamedSo() {
            JsonObject live = object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'uid':'u'},'data':{'a':'1'}}");

            JsonObject object = apply(live, "two", configMap("{'z':'26'}"));

            assertThat(owners(object))
                    .isEqualTo("two Apply {'f:data':{'f:z':{}}}\nbefore-first-apply Update"
                            + " {'f:data':{'.':{},'f:a':{}}}");
        }

        @Test
        void hasNoTimeUntilItChangesSomething() {
            JsonObject live = apply(object(NONE), "one", configMap("{'a':'1'}"));

            JsonObject object = apply(live, "two", configMap("{'a':'1'}"));

            assertThat(object.objectOrEmpty("metadata").objects("managedFields"))
                    .extracting(entry -> entry.text("manager") + " " + entry.text("time"))
                    .containsExactlyInAnyOrder("one 2026-01-01T00:00:01Z", "two ");
        }
    }

    @Nested
    class AConflict {
        @Test
        void namesManagerAndField() {
            JsonObject live = apply(object(NONE), "one", configMap("{'a':'1','b':'2'}"));

            assertThat(refused(live, "two", configMap("{'a':'x'}")))
                    .isEqualTo(PatchProblem.conflict(
                            "Apply failed with 1 conflict: conflict with \"one\": .data.a",
                            List.of(new Cause("FieldManagerConflict", "conflict with \"one\"", ".data.a"))));
        }

        @Test
        void namesAllManagersAndFields() {
            JsonObject live = apply(object(NONE), "one", configMap("{'a':'1','b':'2'}"));
            live = apply(live, "three", configMap("{'b':'2'}"));

            assertThat(refused(live, "two", configMap("{'a':'x','b':'y'}")).message())
                    .isEqualTo(
                            """
                            Apply failed with 3 conflicts: conflicts with "one":
                            - .data.a
                            - .data.b
                            conflicts with "three":
                            - .data.b""");
        }

        @Test
        void withAnUpdateNamesTheVersion() {
            JsonObject live = object(
                    """
                    {'apiVersion':'v1','kind':'ConfigMap','data':{'a':'1'},'metadata':{'uid':'u','managedFields':[
                      {'manager':'upd','operation':'Update','apiVersion':'v1','subresource':'scale',
                       'fieldsType':'FieldsV1','fieldsV1':{'f:data':{'f:a':{}}}}]}}""");

            assertThat(refused(live, "upd", configMap("{'a':'x'}")).message())
                    .isEqualTo("Apply failed with 1 conflict: conflict with \"upd\" with subresource \"scale\""
                            + " using v1: .data.a");
        }

        @Test
        void isOverriddenByForce() {
            JsonObject live = apply(object(NONE), "one", configMap("{'a':'1','b':'2'}"));

            JsonObject object = ((Applied) attempt(live, "two", configMap("{'a':'x'}"), true)).object();

            assertThat(object.get("data")).isEqualTo(object("{'a':'x','b':'2'}"));
            assertThat(owners(object)).isEqualTo("one Apply {'f:data':{'f:b':{}}}\ntwo Apply {'f:data':{'f:a':{}}}");
        }

        @Test
        void overAnAtomicListIsOverTheWhole() {
            JsonObject live = apply(object(NO_DEPLOYMENT), "one", containers("[{'name':'c','args':['x']}]"));

            assertThat(refused(live, "two", containers("[{'name':'c','args':['x','y']}]"))
                            .message())
                    .isEqualTo("Apply failed with 1 conflict: conflict with \"one\":"
                            + " .spec.template.spec.containers[name=\"c\"].args");
        }
    }

    @Nested
    class Lists {
        @Test
        void areOwnedItemByItem() {
            JsonObject object = apply(
                    object(NO_DEPLOYMENT),
                    "one",
                    containers("[{'name':'c','image':'i','ports':[{'containerPort':80}],'args':['x']}]"));

            assertThat(owners(object))
                    .isEqualTo("one Apply {'f:spec':{'f:template':{'f:spec':{'f:containers':"
                            + "{'k:{\\'name\\':\\'c\\'}':{'.':{},'f:args':{},'f:image':{},'f:name':{},'f:ports':"
                            + "{'k:{\\'containerPort\\':80,\\'protocol\\':\\'TCP\\'}':{'.':{},'f:containerPort':{}}}"
                            + "}}}}}}");
        }

        @Test
        void areRidOfWhatIsNotAppliedAnyMore() {
            JsonObject live = apply(object(NO_DEPLOYMENT), "one", containers("[{'name':'c','image':'i'}]"));
            live = apply(live, "two", containers("[{'name':'c','env':[{'name':'B'}]},{'name':'d','image':'j'}]"));
            live = apply(live, "two", "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a'}}");

            assertThat(names(live)).isEqualTo("c");
            assertThat(owners(live)).startsWith("one Apply").doesNotContain("two");
        }

        @ParameterizedTest(name = "{0} and {1} give {2}")
        @CsvSource({"za, amz, amz", "amz, bza, mbza", "ab, c, abc", "abc, cxa, bcxa", "abcd, dcba, dcba"})
        void standAsApplied(String first, String second, String expected) {
            JsonObject live = apply(object(NO_DEPLOYMENT), "one", containers(items(first)));

            JsonObject object = apply(live, "two", containers(items(second)));

            assertThat(names(object)).isEqualTo(expected);
        }

        private static List<String> letters(String text) {
            return text.codePoints().mapToObj(Character::toString).toList();
        }

        private static String items(String names) {
            StringBuilder items = new StringBuilder();
            for (String name : letters(names)) {
                items.append(items.isEmpty() ? "" : ",")
                        .append("{'name':'")
                        .append(name)
                        .append("'}");
            }
            return "[" + items + "]";
        }

        private static String names(JsonObject object) {
            JsonArray containers = object.objectOrEmpty("spec")
                    .objectOrEmpty("template")
                    .objectOrEmpty("spec")
                    .arrayOrEmpty("containers");
            StringBuilder names = new StringBuilder();
            containers.objects().forEach(container -> names.append(container.text("name")));
            return names.toString();
        }
    }

    @Nested
    class AnObject {
        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                textBlock =
                        """
                {'apiVersion':'v1','metadata':{}} | 400 | invalid object type: /v1, Kind=
                {'kind':'ConfigMap'} | 400 | invalid object type: /, Kind=ConfigMap
                {'apiVersion':'apps/v1','kind':'ConfigMap'} | 400 | invalid object type: apps/v1, Kind=ConfigMap
                {'apiVersion':'v1','kind':'ConfigMap','metadata':{'managedFields':[]}} | 400 | metadata.managedFields must be nil
                {'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'bogus':1} | 500 | failed to create typed patch object (/a; /v1, Kind=ConfigMap): .bogus: field not declared in schema
                {'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':{'a':1}} | 500 | failed to create typed patch object (/a; /v1, Kind=ConfigMap): .data.a: expected string, got &value.valueUnstructured{Value:1}
                {'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':['a']} | 500 | failed to create typed patch object (/a; /v1, Kind=ConfigMap): .data: expected map, got &{[a]}
                {'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','finalizers':['x','x']}} | 500 | failed to create typed patch object (/a; /v1, Kind=ConfigMap): .metadata.finalizers: duplicate entries for key [="x"]
                """)
        void thatDoesNotFitIsRefused(String applied, int code, String message) {
            PatchProblem problem = refused(object(NONE), "m", applied);

            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.message()).isEqualTo(message);
        }

        @Test
        void mayNotRepeatAKeyNotEvenByItsDefault() {
            String service =
                    """
                    {'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},
                     'spec':{'ports':[{'port':53,'name':'tcp'},{'port':53,'protocol':'TCP','name':'udp'}]}}""";

            assertThat(refused(object("{'apiVersion':'v1','kind':'Service'}"), "m", service)
                            .message())
                    .isEqualTo("failed to create typed patch object (/s; /v1, Kind=Service): .spec.ports:"
                            + " duplicate entries for key [port=53,protocol=\"TCP\"]");
        }
    }

    /** Whatever was applied before, applying the same again changes nothing; worlds are drawn from the seed. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void applyingAgainChangesNothing(long seed) {
        Random random = new Random(seed);
        JsonObject live = object(NO_DEPLOYMENT);
        for (int i = 0; i < 4; i++) {
            ApplyResult result = attempt(live, "m" + random.nextInt(2), randomDeployment(random), true);
            live = ((Applied) result).object();
            live.child("metadata").put("uid", "u");
        }
        String last = randomDeployment(random);
        JsonObject once = ((Applied) attempt(live, "last", last, true)).object();
        JsonObject before = once.deepCopy();
        JsonObject twice = ((Applied) attempt(once, "last", last, false)).object();

        assertThat(twice).isEqualTo(once);
        assertThat(once).isEqualTo(before);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static String randomDeployment(Random random) {
        JsonArray containers = new JsonArray();
        for (char name = 'a'; name < 'e'; name++) {
            if (random.nextBoolean()) {
                JsonObject container = new JsonObject();
                container.put("name", String.valueOf(name));
                container.put("image", "i" + random.nextInt(2));
                if (random.nextBoolean()) {
                    container.put("args", JsonArray.ofStrings(List.of("x" + random.nextInt(2))));
                }
                containers.add(random.nextInt(containers.size() + 1), container);
            }
        }
        JsonValue list = containers;
        return deployment("{'replicas':" + random.nextInt(3) + ",'template':{'metadata':{'labels':{'l"
                + random.nextInt(3) + "':'v'}},'spec':{'containers':" + list + "}}}");
    }
}
