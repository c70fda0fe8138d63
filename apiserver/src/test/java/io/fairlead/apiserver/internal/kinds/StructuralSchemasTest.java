// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructuralSchemasTest {
    private static List<String> problems(String properties) {
        String json = "{'type':'object','properties':{" + properties + "}}";
        FieldErrors errors = new FieldErrors();
        StructuralSchemas.validate(
                (JsonObject) JsonReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                FieldPath.of("s"),
                errors);
        return errors.toList().stream().map(FieldError::toString).toList();
    }

    @Test
    void wantsATypeForEachField() {
        assertThat(problems("'a':{}"))
                .containsExactly("s.properties[a].type: Required value: must not be empty for specified object fields");
    }

    @Test
    void wantsNoTypeInsideConditions() {
        assertThat(problems("'a':{'type':'string','anyOf':[{'type':'string'}]}"))
                .containsExactly("s.properties[a].anyOf[0].type: Forbidden: must be empty to be structural");
    }

    @Test
    void allowsTypesInsideConditionsOfANumberOrText() {
        assertThat(problems("'a':{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'},{'type':'string'}]}"))
                .isEmpty();
    }

    @Test
    void doesNotAskForStructureWhereSomethingIsUnsupported() {
        assertThat(problems("'a':{'$ref':'x'},'b':{}"))
                .containsExactly("s.properties[a].$ref: Forbidden: $ref is not supported");
    }
}
