import Postgres

/// An acknowledgement of a synchronous commit that came before the commit was durable.
public struct PrematureAcknowledgement: Sendable {
    /// The end of the commit record.
    public var end: XLogRecPtr
    /// What the device held when the client got its reply.
    public var durableUpTo: XLogRecPtr
}

/// What the processes of a run say they did, to be compared with the segment files.
public struct ProcessAudit: Sendable {
    /// WAL records inserted.
    public var recordsInserted = 0
    /// Where the commit records of acknowledged synchronous commits end.
    public var acknowledged: [XLogRecPtr] = []
    /// Asynchronous commits acknowledged.
    public var acknowledgedAsynchronous = 0
    /// Synchronous commits acknowledged too early; empty unless the algorithms are wrong.
    public var premature: [PrematureAcknowledgement] = []
    /// How often a process slept on its semaphore or latch.
    public var sleeps: UInt64 = 0
    /// A transaction's end from its commit record to its reply.
    private var pending: (end: XLogRecPtr, isSynchronous: Bool)?

    /// The transaction's commit record is in place and, if it is synchronous, said to be durable.
    mutating func committed(_ end: XLogRecPtr, isSynchronous: Bool) { pending = (end, isSynchronous) }

    /// The client gets a reply.
    /// - Parameter durableUpTo: the device's durable position; nil if the server does not care (`fsync = off`).
    mutating func acknowledge(durableUpTo: XLogRecPtr?) {
        guard let (end, isSynchronous) = pending else { return }
        pending = nil
        guard isSynchronous else {
            acknowledgedAsynchronous += 1
            return
        }
        acknowledged.append(end)
        if let durableUpTo, durableUpTo < end {
            premature.append(PrematureAcknowledgement(end: end, durableUpTo: durableUpTo))
        }
    }

    /// Adds what another process did.
    mutating func merge(_ other: ProcessAudit) {
        recordsInserted += other.recordsInserted
        acknowledged += other.acknowledged
        acknowledgedAsynchronous += other.acknowledgedAsynchronous
        premature += other.premature
        sleeps += other.sleeps
    }
}
