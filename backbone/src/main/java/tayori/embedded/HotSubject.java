package tayori.embedded;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tayori.reputation.Evidence;
import tayori.reputation.Identity;
import tayori.reputation.IdentityKind;
import tayori.reputation.IdentityState;
import tayori.reputation.ListingMemory;

/// The states of one domain or address block in memory: by each kind of identity. One thread folds, others read; both
/// hold the lock of this object.
///
/// While a checkpoint is written, evidence goes on coming in. What is folded belongs to the next checkpoint, so the first
/// evidence after the beginning of one sets aside what that one must write.
final class HotSubject {
    private final String name;
    private final Map<IdentityKind, IdentityState> states = new EnumMap<>(IdentityKind.class);

    /// Hour of the last evidence.
    private long folded;

    /// Number of the checkpoint that will write the last change, and of the last one that took what it must write.
    private long changedFor;

    private long takenBy;
    private @Nullable StateRow setAside;

    private volatile @Nullable Map<IdentityKind, ListingMemory> listingMemory;

    private HotSubject(String name) {
        this.name = name;
    }

    /// @throws IOException for a state that cannot be read
    static HotSubject of(StateRow row) throws IOException {
        var subject = new HotSubject(row.subject());
        subject.folded = row.folded();
        if (row.states().isEmpty()) {
            subject.listingMemory = Map.of(); // new: there is nothing to be read
        }
        for (var entry : row.states().entrySet()) {
            var identity = new Identity(entry.getKey(), row.subject());
            try {
                subject.states.put(
                        entry.getKey(), IdentityState.decode(identity, entry.getValue()));
            } catch (IllegalArgumentException e) {
                throw new DamagedStateException(row.subject(), e);
            }
        }
        return subject;
    }

    String name() {
        return name;
    }

    /// A subject for the program log: a domain name may stand there, an address may not.
    static String forLog(String name) {
        return name.indexOf('/') < 0 ? name : "an address block";
    }

    /// @param checkpoint number of the checkpoint that will write it
    /// @return whether it is the first change for that checkpoint
    synchronized boolean fold(
            String foldingNode, String provider, Evidence evidence, long hour, long checkpoint) {
        boolean first = change(checkpoint);
        states.computeIfAbsent(
                        evidence.identity().kind(), _ -> IdentityState.of(evidence.identity()))
                .fold(foldingNode, provider, evidence, hour);
        folded = Math.max(folded, hour);
        return first;
    }

    /// Forgets everything, unless there was evidence since an hour.
    ///
    /// @return whether it did
    synchronized boolean forget(long beforeHour, long checkpoint) {
        if (folded >= beforeHour) {
            return false;
        }
        change(checkpoint);
        states.clear();
        return true;
    }

    /// What a checkpoint failed to write, the next one will.
    synchronized void changeAgain(long checkpoint) {
        setAside = null;
        changedFor = checkpoint;
    }

    private boolean change(long checkpoint) {
        if (changedFor == checkpoint) {
            return false;
        }
        if (takenBy < changedFor) {
            setAside = encode();
        }
        changedFor = checkpoint;
        return true;
    }

    /// The row that a checkpoint must write: as it was when that began.
    synchronized StateRow take(long checkpoint, long nowHour) {
        takenBy = checkpoint;
        var row = setAside;
        if (row == null) {
            for (var state : states.values()) {
                state.compact(nowHour);
            }
            states.values().removeIf(IdentityState::isEmpty);
            return encode();
        }
        setAside = null;
        return row;
    }

    private StateRow encode() {
        var row = new StateRow(name, new EnumMap<>(IdentityKind.class), folded);
        for (var entry : states.entrySet()) {
            row.states().put(entry.getKey(), entry.getValue().encode());
        }
        return row;
    }

    /// Reads all states while nobody folds. They must not be handed on.
    synchronized <T> T read(Function<Collection<IdentityState>, T> reader) {
        return reader.apply(states.values());
    }

    synchronized long folded() {
        return folded;
    }

    /// What the score must know of its own past.
    ///
    /// @return null when it is to be read from the database
    @Nullable Map<IdentityKind, ListingMemory> listingMemory() {
        return listingMemory;
    }

    /// For the thread that scores.
    void remember(Map<IdentityKind, ListingMemory> memory) {
        listingMemory = memory;
    }
}
