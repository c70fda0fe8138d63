// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AutoscalerConversionTest {
    private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
    private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

    private static JsonObject tree(String json) {
        return (JsonObject) JsonReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject newerWith(String annotation, String value) {
        JsonObject object = tree("{'metadata':{},'spec':{'maxReplicas':3},'status':{}}");
        object.child("metadata").child("annotations").put(annotation, value);
        return AutoscalerConversion.newer(object);
    }

    @Nested
    class TowardsTheNewerVersion {
        @Test
        void asksForFourFifthsOfTheRequestedProcessorUnlessSomethingElseIsAskedFor() {
            JsonObject newer = AutoscalerConversion.newer(tree("{'metadata':{},'spec':{'maxReplicas':3}}"));

            assertThat(newer.objectOrEmpty("spec").get("metrics"))
                    .isEqualTo(tree("{'x':[{'type':'Resource','resource':{'name':'cpu','target':"
                                    + "{'type':'Utilization','averageUtilization':80}}}]}")
                            .get("x"));
        }

        @Test
        void readsMetricsFromTheirAnnotationAndTakesItAway() {
            JsonObject newer = newerWith(
                    METRICS,
                    "[{\"type\":\"External\",\"external\":{\"metricName\":\"e\",\"targetAverageValue\":\"1.5\"}}]");

            assertThat(newer.objectOrEmpty("spec").get("metrics"))
                    .isEqualTo(tree("{'x':[{'type':'External','external':{'metric':{'name':'e'},'target':"
                                    + "{'averageValue':'1500m','type':'AverageValue'}}}]}")
                            .get("x"));
            assertThat(newer.objectOrEmpty("metadata").has("annotations")).isFalse();
        }

        @Test
        void dropsAnAnnotationThatCannotBeRead() {
            JsonObject newer = newerWith(METRICS, "[1");

            assertThat(newer.objectOrEmpty("metadata").has("annotations")).isFalse();
            assertThat(newer.objectOrEmpty("spec").arrayOrEmpty("metrics").size())
                    .isEqualTo(1);
        }

        @Test
        void readsBehaviorWhateverTheCaseOfItsMembers() {
            JsonObject newer = newerWith(BEHAVIOR, "{\"scaledown\":{\"SelectPolicy\":\"Min\"}}");

            assertThat(newer.objectOrEmpty("spec").get("behavior"))
                    .isEqualTo(tree("{'scaleDown':{'selectPolicy':'Min'}}"));
        }
    }

    @Test
    void losesNothingOnTheWayThereAndBack() {
        String newer = "{'apiVersion':'autoscaling/v2','metadata':{'name':'a'},'spec':{'maxReplicas':3,'metrics':["
                + "{'type':'Pods','pods':{'metric':{'name':'m','selector':{'matchLabels':{'a':'b'}}},"
                + "'target':{'type':'AverageValue','averageValue':'1'}}},"
                + "{'type':'ContainerResource','containerResource':{'name':'cpu','container':'c',"
                + "'target':{'type':'Utilization','averageUtilization':5}}},"
                + "{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':7}}}],"
                + "'behavior':{'scaleUp':{'selectPolicy':'Max','policies':[{'type':'Pods','value':1,'periodSeconds':5}]}}},"
                + "'status':{'desiredReplicas':2,'currentMetrics':[{'type':'Resource','resource':{'name':'cpu',"
                + "'current':{'averageUtilization':5,'averageValue':'10m'}}}]}}";

        assertThat(AutoscalerConversion.newer(AutoscalerConversion.older(tree(newer))))
                .isEqualTo(tree(newer));
    }
}
