/// What do readers say, and who must hear it? Intake, proof, attribution, and what follows from a complaint.
@NullMarked
package tayori.feedback;

import org.jspecify.annotations.NullMarked;
