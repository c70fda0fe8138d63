// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonReader;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTableTest {
    private static final MessageTable V2 = MessageTable.of("openapi-v2-messages.txt");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Schema | {'$ref':'a'} | 0a0161
            Schema | {'type':'a'} | b201030a0161
            Schema | {'maximum':1} | 39000000000000f03f
            Schema | {'uniqueItems':true,'maxLength':300} | 58ac02800101
            Schema | {'items':{'type':'a'}} | ba01080a06b201030a0161
            Schema | {'x-a':1} | fa010b0a03782d6112041202310a
            Properties | {'x-a':{}} | 0a070a03782d611200
            AdditionalPropertiesItem | false | 1000
            ParametersItem | {'$ref':'a'} | 12030a0161
            ParametersItem | {'in':'body','name':'a'} | 0a0b0a091201611a04626f6479
            Responses | {'200':{'description':'a'}} | 0a0c0a0332303012050a030a0161
            """)
    void writesWhatAValueIs(String type, String json, String hex) {
        byte[] message = V2.encode(type, JsonReader.read(json.replace('\'', '"').getBytes(UTF_8)));

        assertThat(HexFormat.of().formatHex(message)).isEqualTo(hex);
    }
}
