// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of names in Kubernetes. Each method answers what is wrong with a name, in upstream's words; nothing if it is good.
 *
 * <p>Checked by hand and not by regular expression, because every write passes through here dozens of times.
 */
public final class Names {
    /** Longest DNS label, and name part of a qualified name, and label value. */
    public static final int LABEL_MAX = 63;

    /** Longest DNS subdomain. */
    public static final int SUBDOMAIN_MAX = 253;

    private static final int PORT_NAME_MAX = 15;

    private static final String LABEL_FORM =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with"
                    + " an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private static final String SUBDOMAIN_FORM =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and"
                    + " end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final String LABEL_1035_FORM =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character,"
                    + " and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is"
                    + " '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private static final String QUALIFIED_FORM =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
                    + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                    + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private static final String LABEL_VALUE_FORM =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and"
                    + " end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for"
                    + " validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private static final String CONFIG_KEY_FORM =
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or"
                    + " 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    private static final String ENVIRONMENT_FORM =
            "a valid environment variable name must consist only of printable ASCII characters other than '='";
    private static final String HEADER_FORM =
            "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for"
                    + " validation is '[-A-Za-z0-9]+')";
    private static final String C_IDENTIFIER_FORM =
            "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters"
                    + " or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is"
                    + " '[A-Za-z_][A-Za-z0-9_]*')";
    private static final String WILDCARD_FORM =
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower"
                    + " case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g."
                    + " '*.example.com', regex used for validation is"
                    + " '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private Names() {}

    /** A DNS label as in RFC 1123. */
    public static List<String> dnsLabel(String value) {
        if (value.length() <= LABEL_MAX && isDnsLabel(value, 0, value.length())) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        if (value.length() > LABEL_MAX) {
            problems.add(tooLong(LABEL_MAX));
        }
        if (!isDnsLabel(value, 0, value.length())) {
            problems.add(isSubdomain(value) ? "must not contain dots" : LABEL_FORM);
        }
        return problems;
    }

    /** A DNS label as in RFC 1035: starts with a letter. */
    public static List<String> dnsLabel1035(String value) {
        List<String> problems = new ArrayList<>();
        if (value.length() > LABEL_MAX) {
            problems.add(tooLong(LABEL_MAX));
        }
        if (!isDnsLabel(value, 0, value.length()) || !isLower(value.charAt(0))) {
            problems.add(LABEL_1035_FORM);
        }
        return problems;
    }

    /** A DNS subdomain as in RFC 1123. */
    public static List<String> dnsSubdomain(String value) {
        if (value.length() <= SUBDOMAIN_MAX && isSubdomain(value)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        if (value.length() > SUBDOMAIN_MAX) {
            problems.add(tooLong(SUBDOMAIN_MAX));
        }
        if (!isSubdomain(value)) {
            problems.add(SUBDOMAIN_FORM);
        }
        return problems;
    }

    /** A DNS subdomain with {@code *.} before it. */
    public static List<String> wildcardSubdomain(String value) {
        List<String> problems = new ArrayList<>();
        if (value.length() > SUBDOMAIN_MAX) {
            problems.add(tooLong(SUBDOMAIN_MAX));
        }
        if (!value.startsWith("*.") || !isSubdomain(value.substring(2))) {
            problems.add(WILDCARD_FORM);
        }
        return problems;
    }

    /** A name with an optional DNS subdomain before a slash, as keys of labels are. */
    public static List<String> qualified(String value) {
        int slash = value.indexOf('/');
        if (slash >= 0 && value.indexOf('/', slash + 1) >= 0) {
            return List.of("a valid label key " + QUALIFIED_FORM
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        List<String> problems = null;
        if (slash == 0) {
            problems = new ArrayList<>();
            problems.add("prefix part must be non-empty");
        } else if (slash > 0) {
            for (String problem : dnsSubdomain(value.substring(0, slash))) {
                problems = problems == null ? new ArrayList<>() : problems;
                problems.add("prefix part " + problem);
            }
        }
        int start = slash + 1;
        if (value.length() - start <= LABEL_MAX && isQualifiedPart(value, start)) {
            return problems == null ? List.of() : problems;
        }
        problems = problems == null ? new ArrayList<>() : problems;
        if (start == value.length()) {
            problems.add("name part must be non-empty");
        } else if (value.length() - start > LABEL_MAX) {
            problems.add("name part must be no more than " + LABEL_MAX + " bytes");
        }
        if (!isQualifiedPart(value, start)) {
            problems.add("name part " + QUALIFIED_FORM);
        }
        return problems;
    }

    /** The value of a label; may be empty. */
    public static List<String> labelValue(String value) {
        boolean wellFormed = value.isEmpty() || isQualifiedPart(value, 0);
        if (wellFormed && value.length() <= LABEL_MAX) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        if (value.length() > LABEL_MAX) {
            problems.add("must be no more than " + LABEL_MAX + " bytes");
        }
        if (!wellFormed) {
            problems.add(LABEL_VALUE_FORM);
        }
        return problems;
    }

    /** A key of a ConfigMap or Secret, which may become a file name. */
    public static List<String> configKey(String value) {
        boolean wellFormed = !value.isEmpty();
        for (int i = 0; i < value.length() && wellFormed; i++) {
            char c = value.charAt(i);
            wellFormed = isAlphanumeric(c) || c == '-' || c == '_' || c == '.';
        }
        if (wellFormed && value.length() <= SUBDOMAIN_MAX && !value.startsWith("..") && !value.equals(".")) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        if (value.length() > SUBDOMAIN_MAX) {
            problems.add(tooLong(SUBDOMAIN_MAX));
        }
        if (!wellFormed) {
            problems.add(CONFIG_KEY_FORM);
        }
        if (value.equals(".")) {
            problems.add("must not be '.'");
        } else if (value.equals("..")) {
            problems.add("must not be '..'");
        } else if (value.startsWith("..")) {
            problems.add("must not start with '..'");
        }
        return problems;
    }

    /** The name of an environment variable. */
    public static List<String> environmentVariable(String value) {
        if (value.isEmpty()) {
            return List.of("environment variable name must be non-empty");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '=') {
                return List.of(ENVIRONMENT_FORM);
            }
        }
        return List.of();
    }

    /** The name of an HTTP header. */
    public static List<String> httpHeader(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isAlphanumeric(c) && c != '-') {
                return List.of(HEADER_FORM);
            }
        }
        return value.isEmpty() ? List.of(HEADER_FORM) : List.of();
    }

    /** An identifier of the language C. */
    public static List<String> cIdentifier(String value) {
        boolean good = !value.isEmpty();
        for (int i = 0; i < value.length() && good; i++) {
            char c = value.charAt(i);
            good = c == '_' || (isAlphanumeric(c) && (i > 0 || !isDigit(c)));
        }
        return good ? List.of() : List.of(C_IDENTIFIER_FORM);
    }

    /** The name of a container's port. */
    public static List<String> portName(String value) {
        boolean letter = false;
        boolean good = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            letter |= isLower(c);
            good &= isLower(c) || isDigit(c) || c == '-';
        }
        List<String> problems = new ArrayList<>();
        if (value.length() > PORT_NAME_MAX) {
            problems.add(tooLong(PORT_NAME_MAX));
        }
        if (!good) {
            problems.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!letter) {
            problems.add("must contain at least one letter (a-z)");
        }
        if (value.contains("--")) {
            problems.add("must not contain consecutive hyphens");
        }
        if (value.startsWith("-") || value.endsWith("-")) {
            problems.add("must not begin or end with a hyphen");
        }
        return problems;
    }

    /** Any name that can stand in a request's path. */
    public static List<String> pathSegment(String value) {
        if (value.equals(".") || value.equals("..")) {
            return List.of("may not be '" + value + "'");
        }
        List<String> problems = new ArrayList<>();
        if (value.indexOf('/') >= 0) {
            problems.add("may not contain '/'");
        }
        if (value.indexOf('%') >= 0) {
            problems.add("may not contain '%'");
        }
        return problems;
    }

    /** A key of an annotation: qualified, in any case. */
    public static List<String> annotationKey(String key) {
        return qualified(key.toLowerCase(Locale.ROOT));
    }

    private static String tooLong(int most) {
        return "must be no more than " + most + " characters";
    }

    /** Whether {@code value} has the form of a subdomain, whatever its length. */
    static boolean isSubdomain(String value) {
        int start = 0;
        for (int dot = value.indexOf('.'); dot >= 0; dot = value.indexOf('.', start)) {
            if (!isDnsLabel(value, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isDnsLabel(value, start, value.length());
    }

    private static boolean isDnsLabel(String value, int from, int to) {
        if (from >= to || value.charAt(from) == '-' || value.charAt(to - 1) == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (!isLower(c) && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isQualifiedPart(String value, int from) {
        int to = value.length();
        if (from >= to || !isAlphanumeric(value.charAt(from)) || !isAlphanumeric(value.charAt(to - 1))) {
            return false;
        }
        for (int i = from + 1; i < to - 1; i++) {
            char c = value.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(char c) {
        return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
    }
}
