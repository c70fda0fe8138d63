// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import io.fairlead.apiserver.internal.codec.GoText;
import java.util.Locale;

/**
 * A URL, taken apart as Go's {@code net/url} does, with its complaints: it accepts and refuses other texts than Java's classes.
 *
 * @param user what stands before an at sign in the authority; empty if nothing does
 */
public record GoUrl(String scheme, String user, String host, String query, String fragment) {
    /** What a host may have in it beside letters and digits. */
    private static final String HOST_CHARACTERS = "-_.~!$&'()*+,;=:[]<>\"";

    private static final String USER_CHARACTERS = "-._:~!$&'()*+,;=%@";

    /** Why a text is no URL. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String text, String problem) {
            super("parse " + GoText.quote(text) + ": " + problem);
        }
    }

    /**
     * Takes {@code text} apart.
     *
     * @throws MalformedException with Go's message if it cannot
     */
    public static GoUrl parse(String text) throws MalformedException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
                throw new MalformedException(text, "net/url: invalid control character in URL");
            }
        }
        int hash = text.indexOf('#');
        String fragment = hash < 0 ? "" : text.substring(hash + 1);
        String main = hash < 0 ? text : text.substring(0, hash);
        int colon = schemeEnd(main);
        if (colon == 0) {
            throw new MalformedException(main, "missing protocol scheme");
        }
        String scheme = colon < 0 ? "" : main.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = main.substring(colon + 1);
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        rest = question < 0 ? rest : rest.substring(0, question);
        if (!rest.startsWith("/")) {
            int slash = rest.indexOf('/');
            if (scheme.isEmpty() && (slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
                throw new MalformedException(main, "first path segment in URL cannot contain colon");
            }
            if (!scheme.isEmpty()) {
                return new GoUrl(scheme, "", "", query, fragment);
            }
        }
        String authority = "";
        if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
            int slash = rest.indexOf('/', 2);
            authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        String user = at < 0 ? "" : authority.substring(0, at);
        checkHost(main, host);
        checkUser(main, user);
        checkEscapes(main, rest);
        checkEscapes(text, fragment);
        return new GoUrl(scheme, user, host, query, fragment);
    }

    /** Where the scheme's colon stands; negative if there is no scheme. */
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (!later || i == 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static void checkHost(String text, String host) throws MalformedException {
        int port = host.lastIndexOf(':');
        if (host.startsWith("[")) {
            int end = host.lastIndexOf(']');
            if (end < 0) {
                throw new MalformedException(text, "missing ']' in host");
            }
            port = end + 1;
        }
        String after = port < 0 ? "" : host.substring(port);
        if (!after.isEmpty()
                && (after.charAt(0) != ':' || !after.substring(1).chars().allMatch(c -> c >= '0' && c <= '9'))) {
            throw new MalformedException(text, "invalid port " + GoText.quote(after) + " after host");
        }
        checkEscapes(text, host);
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c < 0x80 && c != '%' && !Character.isLetterOrDigit(c) && HOST_CHARACTERS.indexOf(c) < 0) {
                throw new MalformedException(
                        text, "invalid character " + GoText.quote(String.valueOf(c)) + " in host name");
            }
        }
    }

    private static void checkUser(String text, String user) throws MalformedException {
        for (int i = 0; i < user.length(); i++) {
            char c = user.charAt(i);
            if (c >= 0x80 || (!Character.isLetterOrDigit(c) && USER_CHARACTERS.indexOf(c) < 0)) {
                throw new MalformedException(text, "net/url: invalid userinfo");
            }
        }
        checkEscapes(text, user);
    }

    private static void checkEscapes(String text, String part) throws MalformedException {
        for (int i = part.indexOf('%'); i >= 0; i = part.indexOf('%', i + 1)) {
            boolean good = i + 2 < part.length()
                    && Character.digit(part.charAt(i + 1), 16) >= 0
                    && Character.digit(part.charAt(i + 2), 16) >= 0;
            if (!good) {
                String escape = part.substring(i, Math.min(i + 3, part.length()));
                throw new MalformedException(text, "invalid URL escape " + GoText.quote(escape));
            }
        }
    }
}
