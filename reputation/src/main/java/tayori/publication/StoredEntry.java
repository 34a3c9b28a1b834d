package tayori.publication;

/// What a look-up found, as it lies in the table. One object is used again and again; it belongs to one thread.
class StoredEntry {
    int number;
    long first;
    long second;

    final void copy(StoredEntry other) {
        number = other.number;
        first = other.first;
        second = other.second;
    }
}
