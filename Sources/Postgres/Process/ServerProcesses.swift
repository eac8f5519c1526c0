import WaitEvents

/// Which processes a server has and how they are numbered: client backends first, then the walwriter, the checkpointer
/// if there is one, and a walsender for each standby.
public struct ServerProcesses: Sendable, Equatable {
    /// How many client backends there are; their numbers start at 0.
    public var backends: Int
    /// Whether the server has a checkpointer.
    public var hasCheckpointer: Bool
    /// How many standbys may be connected.
    public var walSenders: Int

    /// A server's processes; without a word more, backends and the walwriter alone.
    public init(backends: Int, hasCheckpointer: Bool = false, walSenders: Int = 0) {
        self.backends = backends
        self.hasCheckpointer = hasCheckpointer
        self.walSenders = walSenders
    }

    /// The walwriter's number.
    public var walWriter: ProcNumber { backends }
    /// The checkpointer's number; nil if the server has none.
    public var checkpointer: ProcNumber? { hasCheckpointer ? backends + 1 : nil }
    /// The numbers of the walsenders, in the order of their standbys.
    public var walSenderNumbers: Range<ProcNumber> { count - walSenders..<count }
    /// How many processes there are.
    public var count: Int { backends + (hasCheckpointer ? 2 : 1) + walSenders }

    /// What kind of process a number is.
    public func type(of number: ProcNumber) -> BackendType {
        if number < backends { return .clientBackend }
        if number == walWriter { return .walWriter }
        return number == checkpointer ? .checkpointer : .walSender
    }

    /// Every process's kind, by number.
    public var types: [BackendType] { (0..<count).map(type(of:)) }
}
