// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static io.fairlead.apiserver.internal.apply.Trees.object;
import static io.fairlead.apiserver.internal.apply.Trees.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSetTest {
    @Nested
    class Written {
        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "{}",
                    "{'f:spec':{}}",
                    "{'f:data':{'.':{},'f:a':{},'f:b':{}}}",
                    "{'f:spec':{'f:x':{'.':{},'k:{\\'name\\':\\'c\\'}':{'.':{},'f:image':{}}}},'f:status':{'v:3':{}}}"
                })
        void readsAsItWas(String fields) {
            assertThat(set(fields).toJson()).hasToString(object(fields).toString());
        }

        @Test
        void isSorted() {
            assertThat(set("{'f:b':{},'i:2':{},'v:\\'x\\'':{},'k:{\\'b\\':1,\\'a\\':2}':{},'f:a':{'f:z':{},'.':{}}}")
                            .toJson())
                    .hasToString("{\"f:a\":{\".\":{},\"f:z\":{}},\"f:b\":{},"
                            + "\"k:{\\\"a\\\":2,\\\"b\\\":1}\":{},\"v:\\\"x\\\"\":{},\"i:2\":{}}");
        }

        @Test
        void leavesOutWhatIsOfNoKnownKind() {
            assertThat(set("{'f:a':{'x:b':{}}}")).isEqualTo(set("{'f:a':{}}"));
        }

        @Test
        void mustNameKinds() {
            assertThatThrownBy(() -> FieldSet.parse(object("{'bad':{}}")))
                    .isInstanceOf(MalformedFieldsException.class)
                    .hasMessage("missing colon: bad");
        }
    }

    @Test
    void namesFieldsAsMessagesDo() {
        assertThat(set("{'f:spec':{'f:ports':{'k:{\\'port\\':53,\\'protocol\\':\\'TCP\\'}':{'.':{},'f:name':{}}},"
                                + "'f:replicas':{}},'f:metadata':{'f:finalizers':{'v:\\'x\\'':{}}}}")
                        .toString())
                .isEqualTo(
                        """
                        .metadata.finalizers[="x"]
                        .spec.replicas
                        .spec.ports[port=53,protocol="TCP"]
                        .spec.ports[port=53,protocol="TCP"].name""");
    }

    @Test
    void keepsFieldsBelowThoseThatGo() {
        FieldSet both = set("{'f:a':{'.':{},'f:b':{}}}");

        assertThat(both.difference(set("{'f:a':{}}"))).isEqualTo(set("{'f:a':{'f:b':{}}}"));
        assertThat(both.difference(set("{'f:a':{'f:b':{}}}"))).isEqualTo(set("{'f:a':{}}"));
        assertThat(both.recursiveDifference(set("{'f:a':{}}"))).isSameAs(FieldSet.EMPTY);
    }

    /** Laws of sets, on sets drawn from the seed. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void obeysTheLawsOfSets(long seed) {
        Random random = new Random(seed);
        FieldSet a = random(random, 3);
        FieldSet b = random(random, 3);
        FieldSet c = random(random, 3);

        assertThat(a.union(b)).isEqualTo(b.union(a));
        assertThat(a.intersection(b)).isEqualTo(b.intersection(a));
        assertThat(a.union(b).union(c)).isEqualTo(a.union(b.union(c)));
        assertThat(a.union(a)).isSameAs(a);
        assertThat(a.difference(a)).isSameAs(FieldSet.EMPTY);
        assertThat(a.difference(b).union(a.intersection(b))).isEqualTo(a);
        assertThat(a.difference(b).intersection(b)).isSameAs(FieldSet.EMPTY);
        FieldSet rest = a.difference(b);
        assertThat(rest.difference(b)).isSameAs(rest);
        assertThat(a.intersection(b.union(c))).isEqualTo(a.intersection(b).union(a.intersection(c)));
        assertThat(a.intersects(b)).isEqualTo(!a.intersection(b).isEmpty());
        assertThat(a.recursiveDifference(b).difference(a.difference(b))).isSameAs(FieldSet.EMPTY);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatItWrites(long seed) throws MalformedFieldsException {
        FieldSet set = random(new Random(seed), 4);

        assertThat(FieldSet.parse(set.toJson())).isEqualTo(set);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static FieldSet random(Random random, int depth) {
        FieldSetBuilder builder = new FieldSetBuilder();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            FieldSet below = depth == 0 || random.nextBoolean() ? FieldSet.EMPTY : random(random, depth - 1);
            builder.add(element(random), random.nextBoolean(), below);
        }
        return builder.build();
    }

    private static PathElement element(Random random) {
        JsonValue scalar = random.nextBoolean()
                ? JsonNumber.of(random.nextInt(4))
                : new JsonString(Integer.toString(random.nextInt(4)));
        List<PathElement> elements = new ArrayList<>();
        elements.add(PathElement.field("n" + random.nextInt(4)));
        elements.add(PathElement.value(scalar));
        elements.add(PathElement.key(new String[] {"name"}, new JsonValue[] {scalar}));
        elements.add(PathElement.key(new String[] {"a", "b"}, new JsonValue[] {scalar, JsonNumber.of(1)}));
        return elements.get(random.nextInt(elements.size()));
    }
}
