package tayori.xarf;

/// What came of reading octets as XARF.
public sealed interface XarfReading permits XarfReport, XarfReading.Invalid {
    /// They are no report that can be used.
    ///
    /// @param reason what is missing or wrong, for people; names members, never what stands in them
    record Invalid(String reason) implements XarfReading {}
}
