package dev.sealpost.fuzz;

/** What is fuzzed. Folders of inputs are called as the class is. */
enum Target {
    READER(ReaderFuzz.class, "tlsrpt.dict"),
    CONTAINER(ContainerFuzz.class, "tlsrpt.dict"),
    MAIL(MailFuzz.class, "mail.dict"),
    /** Has a fault on purpose, to see that faults are found. */
    PLANTED(PlantedFuzz.class, "tlsrpt.dict");

    private final Class<?> type;
    private final String dictionary;

    Target(Class<?> type, String dictionary) {
        this.type = type;
        this.dictionary = dictionary;
    }

    Class<?> type() {
        return type;
    }

    /** The file of words beside the folders of inputs. */
    String dictionary() {
        return dictionary;
    }

    /** Runs one input; throws if it breaks a promise. */
    void run(byte[] input) {
        switch (this) {
            case READER -> ReaderFuzz.fuzzerTestOneInput(input);
            case CONTAINER -> ContainerFuzz.fuzzerTestOneInput(input);
            case MAIL -> MailFuzz.fuzzerTestOneInput(input);
            case PLANTED -> PlantedFuzz.fuzzerTestOneInput(input);
        }
    }
}
