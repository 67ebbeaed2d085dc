package dev.sealpost.mime;

/** The fields that anybody here asks for, told by first letter and length of the name: the others need not be made. */
final class WantedFields {
    private WantedFields() {}

    /** Whether a field in these bytes may be one of them; a line without a colon is none. */
    static boolean mayHold(byte[] field, int length) {
        int name = 0;
        while (name < length && field[name] != ':' && field[name] > ' ') {
            name++;
        }
        if (name == 0 || name == length) {
            return false;
        }
        return switch (field[0] | ' ') {
            // Content-Type, -Disposition, -Transfer-Encoding
            case 'c' -> name == 12 || name == 19 || name == 25;
            // TLS-Report-Domain, TLS-Report-Submitter
            case 't' -> name == 17 || name == 20;
            case 's' -> name == "subject".length();
            case 'r' -> name == "return-path".length();
            case 'f' -> name == "from".length();
            case 'a' -> name == "auto-submitted".length();
            case 'p' -> name == "precedence".length();
            case 'x' -> name == "x-autoreply".length() || name == "x-autorespond".length();
            default -> false;
        };
    }
}
