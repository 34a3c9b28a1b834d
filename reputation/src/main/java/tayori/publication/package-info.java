/// What is known of millions of names, beside the question: one compact table outside the Java heap that one writer
/// changes while any number of readers look up.
///
/// - **Doors:** [tayori.publication.PublishedTable] for what the engine publishes, [tayori.publication.ImportedList] for lists
///   of others. [tayori.publication.WireName] is how they are asked, so that an answer costs no object.
/// - **Never here:** sockets, DNS messages; what is published is decided elsewhere.
@NullMarked
package tayori.publication;

import org.jspecify.annotations.NullMarked;
