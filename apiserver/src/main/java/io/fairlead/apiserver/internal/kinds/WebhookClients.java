// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.GoUrl;
import io.fairlead.apiserver.internal.validation.Names;

/** How a webhook is reached: by a URL or as a service. */
final class WebhookClients {
    private static final String FORM = "; desired format: https://host[/path]";

    private WebhookClients() {}

    static void setDefaults(JsonObject client) {
        JsonObject service = client.object("service");
        if (service != null) {
            Defaults.pointer(service, "port", 443);
        }
    }

    static void validate(JsonObject client, FieldPath path, FieldErrors errors) {
        boolean url = !Defaults.absent(client, "url");
        JsonObject service = client.object("service");
        if (url == (service != null)) {
            errors.required(path, "exactly one of url or service is required");
        } else if (service == null) {
            validateUrl(client.text("url"), path.child("url"), errors);
        } else {
            // The original takes the one for the other.
            validateService(service, "namespace", "name", path.child("service"), errors);
        }
    }

    private static void validateUrl(String text, FieldPath path, FieldErrors errors) {
        try {
            GoUrl url = GoUrl.parse(text);
            if (!url.scheme().equals("https")) {
                errors.invalid(path, url.scheme(), "'https' is the only allowed URL scheme" + FORM);
            }
            if (url.host().isEmpty()) {
                errors.invalid(path, url.host(), "host must be specified" + FORM);
            }
            if (!url.user().isEmpty()) {
                errors.invalid(path, url.user(), "user information is not permitted in the URL");
            }
            if (!url.fragment().isEmpty()) {
                errors.invalid(path, url.fragment(), "fragments are not permitted in the URL");
            }
            if (!url.query().isEmpty()) {
                errors.invalid(path, url.query(), "query parameters are not permitted in the URL");
            }
        } catch (GoUrl.MalformedException malformed) {
            errors.required(path, "url must be a valid URL: " + malformed.getMessage() + FORM);
        }
    }

    private static void validateService(
            JsonObject service, String nameField, String namespaceField, FieldPath path, FieldErrors errors) {
        if (service.text(nameField).isEmpty()) {
            errors.required(path.child(namespaceField), "");
        }
        if (service.text(namespaceField).isEmpty()) {
            errors.required(path.child(nameField), "");
        }
        validatePort(service.number("port", 443), path.child("port"), errors);
        if (!Defaults.absent(service, "path")) {
            validatePath(service.text("path"), path.child("path"), errors);
        }
    }

    static void validatePort(long port, FieldPath path, FieldErrors errors) {
        if (port < 1 || port > 65535) {
            errors.invalid(path, port, "port is not valid: " + Addresses.PORT_RANGE);
        }
    }

    private static void validatePath(String text, FieldPath path, FieldErrors errors) {
        if (text.isEmpty() || text.equals("/")) {
            return;
        }
        if (text.equals("//")) {
            errors.invalid(path, text, "segment[0] may not be empty");
            return;
        }
        if (!text.startsWith("/")) {
            errors.invalid(path, text, "must start with a '/'");
        }
        // Whatever stands first is taken for the slash.
        String checked = text.substring(1, text.endsWith("/") && text.length() > 1 ? text.length() - 1 : text.length());
        String[] segments = checked.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty()) {
                errors.invalid(path, text, "segment[" + i + "] may not be empty");
                continue;
            }
            for (String problem : Names.dnsSubdomain(segments[i])) {
                errors.invalid(path, text, "segment[" + i + "]: " + problem);
            }
        }
    }
}
