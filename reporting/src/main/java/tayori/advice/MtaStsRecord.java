package tayori.advice;

/// The TXT record at `_mta-sts` (RFC 8461 §3.1): says that there is a policy, and by a changing `id` that it changed.
///
/// @param id one to 32 letters and digits
record MtaStsRecord(String id) {
    private static final int MAX_ID = 32;

    /// What a TXT record turned out to be.
    public sealed interface Outcome {
        record Valid(MtaStsRecord record) implements Outcome {}

        /// It begins as an MTA-STS record and goes wrong: no policy is looked for then.
        record Invalid(String reason) implements Outcome {}

        /// Something else; ignored (RFC 8461 §3.1).
        record NotMtaSts() implements Outcome {}
    }

    public static Outcome parse(String text) {
        var list = FieldList.parse(text, "v=STSv1", "");
        if (list.isEmpty()) {
            return new Outcome.NotMtaSts();
        }
        var problem = list.get().problem();
        if (problem.isPresent()) {
            return new Outcome.Invalid(problem.get());
        }
        String id = "";
        for (var field : list.get().fields()) {
            if (field.name().equals("id")) {
                if (!id.isEmpty()) {
                    return new Outcome.Invalid("two ids");
                }
                id = field.value();
            }
        }
        if (id.isEmpty()
                || id.length() > MAX_ID
                || !id.chars().allMatch(c -> FieldList.isAlphanumeric((char) c))) {
            return new Outcome.Invalid("no id of 1 to " + MAX_ID + " letters and digits");
        }
        return new Outcome.Valid(new MtaStsRecord(id));
    }
}
