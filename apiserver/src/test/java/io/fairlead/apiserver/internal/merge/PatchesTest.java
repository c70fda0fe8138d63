// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.merge.PatchResult.Patched;
import io.fairlead.apiserver.internal.merge.PatchResult.Refused;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.Schema;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expectations are what the original answered to the same patches. */
class PatchesTest {
    private static final String REJECTED = "the server rejected our request due to an error in our request";

    @Nested
    class JsonPatches {
        private static final String CURRENT =
                "{'data':{'one':'1','two':'2'},'metadata':{'finalizers':['a','b','c'],'name':'x'}}";

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                textBlock =
                        """
                [{'op':'add','path':'/data/three','value':'3'}]       | /data       | {'one':'1','three':'3','two':'2'}
                [{'op':'add','path':'/data/one','value':'9'}]         | /data       | {'one':'9','two':'2'}
                [{'op':'replace','path':'/data/nine','value':'9'}]    | /data       | {'nine':'9','one':'1','two':'2'}
                [{'op':'remove','path':'/data/two'}]                  | /data       | {'one':'1'}
                [{'op':'move','from':'/data/two','path':'/data/x'}]   | /data       | {'one':'1','x':'2'}
                [{'op':'copy','from':'/data/two','path':'/data/x'}]   | /data       | {'one':'1','two':'2','x':'2'}
                [{'op':'test','path':'/data/one','value':'1'}]        | /data       | {'one':'1','two':'2'}
                [{'op':'test','path':'/data/no','value':null}]        | /data       | {'one':'1','two':'2'}
                [{'op':'add','path':'/data/a~1b~0c','value':'3'}]     | /data       | {'a/b~c':'3','one':'1','two':'2'}
                [{'op':'add','path':'/metadata/finalizers/-','value':'d'}]      | /metadata | {'finalizers':['a','b','c','d'],'name':'x'}
                [{'op':'add','path':'/metadata/finalizers/0','value':'d'}]      | /metadata | {'finalizers':['d','a','b','c'],'name':'x'}
                [{'op':'add','path':'/metadata/finalizers/3','value':'d'}]      | /metadata | {'finalizers':['a','b','c','d'],'name':'x'}
                [{'op':'remove','path':'/metadata/finalizers/-1'}]              | /metadata | {'finalizers':['a','b'],'name':'x'}
                [{'op':'replace','path':'/metadata/finalizers/00','value':'z'}] | /metadata | {'finalizers':['z','b','c'],'name':'x'}
                """)
        void changeTheDocument(String patch, String where, String expected) {
            PatchResult result = Patches.json(bytes(patch), object(CURRENT), true);

            JsonObject patched = (JsonObject) ((Patched) result).value();
            assertThat(patched.get(where.substring(1))).isEqualTo(json(expected));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                textBlock =
                        """
                [{'op':'remove','path':'/data/ten'}]
                [{'op':'move','from':'/data/none','path':'/data/four'}]
                [{'op':'test','path':'/data/one','value':'3'}]
                [{'op':'test','path':'/data/ten','value':'3'}]
                [{'op':'test','path':'/data/one'}]
                [{'op':'add','path':'/metadata/finalizers/9','value':'d'}]
                [{'op':'remove','path':'/metadata/finalizers/-'}]
                [{'op':'remove','path':'/metadata/finalizers/x'}]
                [{'op':'add','path':'/metadata/labels/x','value':'y'}]
                [{'op':'frobnicate','path':'/data/one','value':'3'}]
                [{'path':'/data/one','value':'3'}]
                [{'op':'add','value':'3'}]
                [{'op':'add','path':'data','value':'3'}]
                [{'op':'remove','path':''}]
                """)
        void thatDoNotFitAreRejectedWithAGeneralMessage(String patch) {
            PatchResult result = Patches.json(bytes(patch), object(CURRENT), true);

            assertThat(problem(result)).isEqualTo(new PatchProblem(422, "Invalid", REJECTED, true, List.of()));
        }

        @Test
        void mayReplaceTheWholeDocument() {
            PatchResult result =
                    Patches.json(bytes("[{'op':'replace','path':'','value':{'a':1}}]"), object(CURRENT), true);

            assertThat(((Patched) result).value()).isEqualTo(json("{'a':1}"));
        }

        @Test
        void thatAreNoListAreBadRequests() {
            assertThat(problem(Patches.json(bytes("{}"), object(CURRENT), true)).message())
                    .isEqualTo("error decoding patch: json: cannot unmarshal object into Go value of type"
                            + " []handlers.jsonPatchOp");
            assertThat(problem(Patches.json(bytes("'x'"), object(CURRENT), true))
                            .message())
                    .isEqualTo("error decoding patch: json: cannot unmarshal string into Go value of type"
                            + " []handlers.jsonPatchOp");
        }

        @Test
        void reportUnknownMembersOfOperations() {
            PatchResult result =
                    Patches.json(bytes("[{'op':'add','path':'/data/x','value':'y','bogus':1}]"), object(CURRENT), true);

            assertThat(((Patched) result).strictProblems()).containsExactly("json patch unknown field \"[0].bogus\"");
        }

        @Test
        void areNoLongerThanTheLimit() {
            String operation = "{'op':'test','path':'/data/one','value':'1'}";
            String patch = "[" + operation + ("," + operation).repeat(JsonPatch.OPERATIONS_MAX) + "]";

            assertThat(problem(Patches.json(bytes(patch), object(CURRENT), true))
                            .message())
                    .isEqualTo("Request entity too large: The allowed maximum operations in a JSON patch is 10000,"
                            + " got 10001");
        }

        @Test
        void quoteWhatCameOutWithTheObjectsOnTheirWaySorted() {
            PatchResult result = Patches.json(
                    bytes("[{'op':'add','path':'/data/x','value':1}]"),
                    object("{'kind':'K','metadata':{'name':'n','b':1,'a':1},'data':{'z':'<'}}"),
                    true);

            assertThat(((Patched) result).quoted().get())
                    .isEqualTo("{\"data\":{\"x\":1,\"z\":\"\\u003c\"},\"kind\":\"K\","
                            + "\"metadata\":{\"name\":\"n\",\"b\":1,\"a\":1}}");
        }
    }

    @Nested
    class MergePatches {
        @ParameterizedTest(name = "{1}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                textBlock =
                        """
                {'a':{'b':1,'c':2}} | {'a':{'b':null,'d':3}}  | {'a':{'c':2,'d':3}}
                {'a':{'b':1}}       | {'a':null}              | {}
                {'a':[1,2]}         | {'a':[3]}               | {'a':[3]}
                {}                  | {'a':{'b':null,'c':[{'d':null}]}} | {'a':{'c':[{}]}}
                {'a':1}             | {'a':{'b':null}}        | {'a':{}}
                {'a':{'x':1}}       | {'a':'y'}               | {'a':'y'}
                """)
        void layTheirMembersOver(String current, String patch, String expected) {
            PatchResult result = Patches.merge(bytes(patch), object(current), true);

            assertThat(((Patched) result).value()).isEqualTo(json(expected));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                textBlock =
                        """
                null | Invalid JSON Patch
                []   | error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}
                """)
        void thatAreNoObjectsAreBadRequests(String patch, String message) {
            PatchProblem problem = problem(Patches.merge(bytes(patch), object("{}"), true));

            assertThat(problem).isEqualTo(PatchProblem.badRequest(message));
        }
    }

    @Nested
    class StrategicMergePatches {
        private static final String POD =
                """
                {'metadata':{'labels':{'a':'1'},'finalizers':['x','y']},
                 'spec':{'containers':[{'name':'c','image':'i','args':['x','y'],
                                        'env':[{'name':'A','value':'1'},{'name':'B','value':'2'}]},
                                       {'name':'d','image':'j'}],
                         'imagePullSecrets':[{'name':'s1'},{'name':'s2'}],
                         'tolerations':[{'key':'k'}],
                         'volumes':[{'name':'v','emptyDir':{}},{'name':'w','configMap':{'name':'cm'}}]}}""";

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                textBlock =
                        """
                {'spec':{'containers':[{'name':'d','image':'new'}]}}   | c:i d:new
                {'spec':{'containers':[{'name':'e','image':'e'}]}}     | e:e c:i d:j
                {'spec':{'containers':[{'name':'c','$patch':'delete'}]}}  | d:j
                {'spec':{'containers':[{'name':'zz','$patch':'delete'}]}} | c:i d:j
                {'spec':{'containers':[{'name':'o','image':'o'},{'$patch':'replace'}]}} | o:o
                {'spec':{'$setElementOrder/containers':[{'name':'d'},{'name':'c'}],'containers':[{'name':'c','image':'n'}]}} | d:j c:n
                {'spec':{'$setElementOrder/containers':[{'name':'d'},{'name':'n'},{'name':'c'}],'containers':[{'name':'n','image':'n'}]}} | d:j n:n c:i
                {'spec':{'$setElementOrder/containers':[{'name':'d'},{'name':'c'}]}} | d:j c:i
                {'spec':{'$setElementOrder/containers':[{'name':'d'}],'containers':[{'name':'d','image':'n'}]}} | c:i d:n
                """)
        void mergeListsByTheirKeys(String patch, String expected) {
            JsonObject patched = patched(patch);

            StringBuilder containers = new StringBuilder();
            for (JsonObject container : patched.objectOrEmpty("spec").objects("containers")) {
                containers.append(containers.isEmpty() ? "" : " ");
                containers.append(container.text("name")).append(':').append(container.text("image"));
            }
            assertThat(containers.toString()).isEqualTo(expected);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                textBlock =
                        """
                {'metadata':{'labels':{'$patch':'replace','b':'2'}}}   | metadata.labels     | {'b':'2'}
                {'metadata':{'labels':{'$patch':'delete'}}}            | metadata.labels     | {}
                {'metadata':{'finalizers':['z','y']}}                  | metadata.finalizers | ['z','x','y']
                {'metadata':{'$deleteFromPrimitiveList/finalizers':['x','q']}} | metadata.finalizers | ['y']
                {'metadata':{'$deleteFromPrimitiveList/finalizers':['y'],'$setElementOrder/finalizers':['z','x'],'finalizers':['z']}} | metadata.finalizers | ['z','x']
                {'spec':{'tolerations':[{'key':'other'}]}}             | spec.tolerations    | [{'key':'other'}]
                {'spec':{'imagePullSecrets':[{'name':'s3'},{'name':'s1','$patch':'delete'}]}} | spec.imagePullSecrets | [{'name':'s3'},{'name':'s2'}]
                {'spec':{'volumes':[{'name':'v','$retainKeys':['name','secret'],'secret':{'secretName':'x'}}]}} | spec.volumes | [{'name':'v','secret':{'secretName':'x'}},{'name':'w','configMap':{'name':'cm'}}]
                {'spec':{'hostAliases':[{'ip':'1.1.1.1','$patch':'delete'},{'ip':'2.2.2.2'}]}} | spec.hostAliases | [{'ip':'2.2.2.2'}]
                """)
        void obeyDirectives(String patch, String where, String expected) {
            JsonValue value = patched(patch);
            for (String name : where.split("\\.", -1)) {
                value = Objects.requireNonNull(((JsonObject) value).get(name));
            }

            assertThat(value).isEqualTo(json(expected));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                textBlock =
                        """
                {'metadata':{'labels':{'$patch':'nonsense'}}} | 500 | unknown patch type: nonsense in map: map[$patch:nonsense]
                {'metadata':{'labels':{'$patch':1}}} | 500 | unknown patch type: %!s(int64=1) in map: map[$patch:1]
                {'spec':{'containers':[{'name':'c','$patch':'nonsense'}]}} | 500 | unknown patch type: nonsense in map: map[$patch:nonsense name:c]
                {'spec':{'containers':[{'image':'x'}]}} | 500 | map: map[image:x] does not contain declared merge key: name
                {'spec':{'containers':[{'$patch':'delete'}]}} | 500 | map: map[$patch:delete] does not contain declared merge key: name
                {'spec':{'imagePullSecrets':['x']}} | 500 | list element types are not identical: [[map[name:s1] map[name:s2]] [x]]
                {'spec':{'volumes':[{'name':'v','$retainKeys':'name'}]}} | 400 | invalid patch format of retainKeys
                {'spec':{'volumes':[{'name':'v','$retainKeys':['secret'],'secret':{}}]}} | 400 | invalid patch format of retainKeys
                {'spec':{'$setElementOrder/containers':[{'image':'d'}],'containers':[{'name':'c'}]}} | 500 | map: map[image:d] does not contain declared merge key: name
                {'spec':{'containers':{'name':'c'}}} | 422 |  "" is invalid: patch: Invalid value: "map[spec:map[containers:map[name:c]]]": cannot restore slice from map
                {'spec':{'priority':'many'}} | 422 |  "" is invalid: patch: Invalid value: "map[spec:map[priority:many]]": unrecognized type: int32
                [] | 400 | json: cannot unmarshal array into Go value of type map[string]interface {}
                """)
        void areRefusedWithTheTextsOfTheOriginal(String patch, int code, String message) {
            PatchProblem problem = problem(apply(patch));

            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.message().strip()).isEqualTo(message.strip());
        }

        @Test
        void areRefusedIfTheOrderLacksAnItem() {
            PatchProblem problem = problem(apply(
                    "{'spec':{'$setElementOrder/containers':[{'name':'d'}],'containers':[{'name':'c','image':'x'}]}}"));

            assertThat(problem.message())
                    .isEqualTo(
                            """
                            The order in patch list:
                            [map[image:x name:c]]
                             doesn't match $setElementOrder list:
                            [map[name:d]]
                            """);
        }

        private static PatchResult apply(String patch) {
            Schema schema = Schema.builtIn();
            PatchMeta meta = StructPatchMeta.of(
                    schema.type(new GroupVersionKind("", "v1", "Pod")).orElseThrow());
            return Patches.strategic(bytes(patch), object(POD), meta, true);
        }

        private static JsonObject patched(String patch) {
            return (JsonObject) ((Patched) apply(patch)).value();
        }
    }

    private static PatchProblem problem(PatchResult result) {
        return ((Refused) result).problem();
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static JsonValue json(String text) {
        return JsonReader.read(bytes(text));
    }

    private static JsonObject object(String text) {
        return (JsonObject) json(text);
    }
}
