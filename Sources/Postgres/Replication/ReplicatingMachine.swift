import SimTime

/// What the processes of streaming replication ask of their machine besides.
///
/// A walsender and its walreceiver are the two ends of one connection, which keeps the order of its messages.
public protocol ReplicatingMachine: Machine {
    /// Gives a message to the connection; one that is closed swallows it (libpq, pq_putmessage_noblock and
    /// PQputCopyData).
    func send(_ message: ReplicationMessage)
    /// The next message that has arrived, without waiting (pq_getbyte_if_available, PQgetCopyData).
    func receiveMessage() -> ReplicationMessage?
    /// Whether the socket has not taken all that was sent (pq_is_send_pending).
    var outputIsPending: Bool { get }
    /// Sleeps until this process's latch is set, a message has arrived, the socket has taken what was pending, or
    /// `timeout` has passed; true if the latch is set (latch.c, WaitLatchOrSocket).
    func waitLatchOrSocket(timeout: Nanoseconds) -> Bool
    /// Writes WAL that came over the connection to its segment's file. With `durable` the call returns only when the
    /// bytes are on the device (port/pg_pwrite).
    func writeReceivedWAL(from start: XLogRecPtr, to end: XLogRecPtr, durable: Bool)
    /// For how long a query on the standby still keeps replay from going on; zero if none does.
    func recoveryConflict() -> Nanoseconds
}
