package dev.sealpost.intake.mailbox;

/**
 * The words of an Authentication-Results field. Comments and white space are passed over. One pass, without recursion.
 * Values are read more widely than RFC 8601 has them, because servers write base64 and addresses without quotes.
 */
final class ResultTokens {
    private static final int MAX_COMMENT_DEPTH = 10;

    private final String text;
    private int at;

    /** The field is not by the grammar. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException() {
            super("not by the grammar", null, false, false);
        }
    }

    ResultTokens(String text) throws UnreadableException {
        this.text = text;
        skip();
    }

    boolean atEnd() {
        return at == text.length();
    }

    boolean next(char c) {
        return !atEnd() && text.charAt(at) == c;
    }

    boolean take(char c) throws UnreadableException {
        if (!next(c)) {
            return false;
        }
        at++;
        skip();
        return true;
    }

    void require(boolean holds) throws UnreadableException {
        if (!holds) {
            throw new UnreadableException();
        }
    }

    /** Letters, digits, hyphens and underscores. */
    String word() throws UnreadableException {
        int start = at;
        while (!atEnd() && isWord(text.charAt(at))) {
            at++;
        }
        require(at > start);
        String word = text.substring(start, at);
        skip();
        return word;
    }

    /** The name of a property and its equals sign: {@code ptype.property}, {@code reason}, or what servers invent. */
    String property() throws UnreadableException {
        StringBuilder name = new StringBuilder(word());
        while (take('.')) {
            name.append('.').append(word());
        }
        require(take('='));
        return name.toString();
    }

    /** A value: quoted, not, or both without space between, as in a quoted local part with a domain. */
    String value() throws UnreadableException {
        StringBuilder value = new StringBuilder();
        int start = at;
        while (!atEnd() && isValue(text.charAt(at))) {
            if (text.charAt(at) == '"') {
                quoted(value);
            } else {
                value.append(text.charAt(at++));
            }
        }
        require(at > start);
        skip();
        return value.toString();
    }

    private void quoted(StringBuilder value) throws UnreadableException {
        at++;
        while (!atEnd() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 1 : 0;
            require(!atEnd());
            value.append(text.charAt(at++));
        }
        require(!atEnd());
        at++;
    }

    private void skip() throws UnreadableException {
        int depth = 0;
        while (!atEnd()) {
            char c = text.charAt(at);
            if (c == '(') {
                require(++depth <= MAX_COMMENT_DEPTH);
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (c == '\\' && depth > 0) {
                at++;
                require(!atEnd());
            } else if (depth == 0 && !isSpace(c)) {
                return;
            }
            at++;
        }
        require(depth == 0);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static boolean isValue(char c) {
        return c != ';' && c != '(' && c != ')' && !isSpace(c);
    }
}
