/// What goes over a replication connection (the COPY BOTH messages of the streaming replication protocol).
public enum ReplicationMessage: Sendable, Equatable {
    /// START_REPLICATION: the standby asks for all WAL from a position on.
    case start(at: XLogRecPtr)
    /// `w`: WAL, and how far the primary had flushed when it was sent.
    case wal(from: XLogRecPtr, to: XLogRecPtr, walEnd: XLogRecPtr)
    /// `k`: the primary is alive.
    case keepalive(walEnd: XLogRecPtr, replyRequested: Bool)
    /// `r`: how far the standby has written, flushed and replayed.
    case reply(StandbyPositions, replyRequested: Bool)
    /// The other end has closed the connection.
    case closed

    /// Bytes on the wire.
    public var length: Int {
        switch self {
        case .start: 64
        // CopyData's header, the type, and three numbers of eight bytes.
        case .wal(let from, let to, _): 5 + 1 + 24 + Int(to - from)
        case .keepalive: 5 + 18
        case .reply: 5 + 34
        case .closed: 0
        }
    }
}

/// How far a standby has got.
public struct StandbyPositions: Sendable, Equatable {
    /// Handed to its operating system.
    public var write: XLogRecPtr
    /// On its disk.
    public var flush: XLogRecPtr
    /// Replayed.
    public var apply: XLogRecPtr

    /// Everything spelled out.
    public init(write: XLogRecPtr, flush: XLogRecPtr, apply: XLogRecPtr) {
        self.write = write
        self.flush = flush
        self.apply = apply
    }
}
