// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import java.nio.charset.StandardCharsets;

/** JSON for tests, with single quotes for double ones. */
final class Json {
    private Json() {}

    static String of(String text) {
        return text.replace('\'', '"');
    }

    static byte[] bytes(String text) {
        return of(text).getBytes(StandardCharsets.UTF_8);
    }

    /** A pod with a place and a version. */
    static String pod(String name, int version) {
        return of("{'kind':'Pod','apiVersion':'v1','metadata':{'name':'" + name + "','namespace':'default','uid':'uid-"
                + name + "','resourceVersion':'" + version + "','labels':{'app':'web'}},'status':{'phase':'Running'}}");
    }

    /** A line of a watch stream. */
    static String event(String type, String object) {
        return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
    }

    static String bookmark(int version, boolean initialEnd) {
        String annotations = initialEnd ? ",'annotations':{'k8s.io/initial-events-end':'true'}" : "";
        return event(
                "BOOKMARK",
                of("{'kind':'Pod','apiVersion':'v1','metadata':{'resourceVersion':'" + version + "'" + annotations
                        + "}}"));
    }

    static String status(int code, String reason) {
        return of("{'kind':'Status','apiVersion':'v1','status':'Failure','message':'no: " + reason + "','reason':'"
                + reason + "','code':" + code + "}");
    }
}
