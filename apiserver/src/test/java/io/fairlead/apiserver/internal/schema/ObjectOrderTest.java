// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import org.junit.jupiter.api.Test;

class ObjectOrderTest {
    private static String arranged(String apiVersion, String kind, String text) {
        StructType type =
                Schema.builtIn().type(GroupVersionKind.of(apiVersion, kind)).orElseThrow();
        JsonObject object = (JsonObject) JsonReader.read(text.replace('\'', '"').getBytes(UTF_8));
        return ObjectOrder.arranged(object, type).toString().replace('"', '\'');
    }

    @Test
    void putsFieldsWhereGoDeclaresThem() {
        assertThat(arranged(
                        "apps/v1",
                        "Deployment",
                        "{'status':{},'spec':{'template':{'spec':{'containers':[{'image':'i','name':'c'}]}},'replicas':1},"
                                + "'metadata':{'uid':'u','name':'n'},'apiVersion':'apps/v1','kind':'Deployment'}"))
                .isEqualTo("{'kind':'Deployment','apiVersion':'apps/v1','metadata':{'name':'n','uid':'u'},"
                        + "'spec':{'replicas':1,'template':{'spec':{'containers':[{'name':'c','image':'i'}]}}},"
                        + "'status':{}}");
    }

    @Test
    void sortsMaps() {
        assertThat(arranged("v1", "ConfigMap", "{'data':{'b':'2','a':'1'}}")).isEqualTo("{'data':{'a':'1','b':'2'}}");
    }

    @Test
    void leavesWhatItDoesNotKnowBehindTheRest() {
        assertThat(arranged("v1", "ConfigMap", "{'x':1,'data':{}}")).isEqualTo("{'data':{},'x':1}");
    }
}
