package tayori.bimi;

/// Whether a logo keeps to the profile.
public sealed interface SvgCheck {
    /// It does.
    ///
    /// @param title the text of its `title` element
    record Valid(String title) implements SvgCheck {}

    /// It does not.
    ///
    /// @param detail for people: the first thing that is wrong
    record Invalid(Problem problem, String detail) implements SvgCheck {}

    /// What is wrong with a logo, for counting.
    enum Problem {
        /// More octets than allowed, compressed or not.
        TOO_LARGE,
        /// No well-formed XML, or more of it than the bounds allow.
        NOT_XML,
        /// It has a document type, which could pull in anything.
        DOCUMENT_TYPE,
        /// The root is not `svg` in the namespace of SVG.
        NOT_SVG,
        /// `version` is not 1.2, or `baseProfile` is not `tiny-ps`.
        WRONG_PROFILE,
        /// The root has an attribute that the profile forbids there.
        ROOT_ATTRIBUTE,
        /// There is no title.
        NO_TITLE,
        /// An element that the profile does not have.
        ELEMENT,
        /// An attribute that runs something or styles from outside.
        ATTRIBUTE,
        /// Something outside the file is referred to.
        EXTERNAL_REFERENCE
    }
}
