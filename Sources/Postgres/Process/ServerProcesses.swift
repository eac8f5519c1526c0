import WaitEvents

/// Which processes a server has and how they are numbered: client backends first, then the walwriter, the checkpointer
/// if there is one, a walsender for each standby, the background writer and autovacuum if there are any. A standby has
/// a startup process and a walreceiver instead.
public struct ServerProcesses: Sendable, Equatable {
    /// How many client backends there are; their numbers start at 0.
    public var backends: Int
    /// Whether the server has a checkpointer.
    public var hasCheckpointer: Bool
    /// How many standbys may be connected.
    public var walSenders: Int
    /// Whether the server has a background writer.
    public var hasBackgroundWriter: Bool
    /// Whether tables are vacuumed.
    public var hasAutovacuum: Bool
    /// Whether the server is a standby.
    public private(set) var isStandby = false

    /// A standby's processes.
    public static var standby: ServerProcesses {
        var processes = ServerProcesses(backends: 0)
        processes.isStandby = true
        return processes
    }

    /// A standby's startup process.
    public var startup: ProcNumber { 0 }
    /// A standby's walreceiver.
    public var walReceiver: ProcNumber { 1 }

    /// A server's processes; without a word more, backends and the walwriter alone.
    public init(
        backends: Int, hasCheckpointer: Bool = false, walSenders: Int = 0, hasBackgroundWriter: Bool = false,
        hasAutovacuum: Bool = false
    ) {
        self.backends = backends
        self.hasCheckpointer = hasCheckpointer
        self.walSenders = walSenders
        self.hasBackgroundWriter = hasBackgroundWriter
        self.hasAutovacuum = hasAutovacuum
    }

    /// The walwriter's number.
    public var walWriter: ProcNumber { backends }
    /// The checkpointer's number; nil if the server has none.
    public var checkpointer: ProcNumber? { hasCheckpointer ? backends + 1 : nil }
    /// The numbers of the walsenders, in the order of their standbys.
    public var walSenderNumbers: Range<ProcNumber> { firstWalSender..<firstWalSender + walSenders }
    private var firstWalSender: ProcNumber { backends + (hasCheckpointer ? 2 : 1) }
    /// The background writer's number; nil if the server has none.
    public var backgroundWriter: ProcNumber? { hasBackgroundWriter ? firstWalSender + walSenders : nil }
    /// Autovacuum's number; nil if the server has none.
    public var autovacuum: ProcNumber? { hasAutovacuum ? count - 1 : nil }
    /// How many processes there are.
    public var count: Int {
        isStandby ? 2 : firstWalSender + walSenders + (hasBackgroundWriter ? 1 : 0) + (hasAutovacuum ? 1 : 0)
    }

    /// What kind of process a number is.
    public func type(of number: ProcNumber) -> BackendType {
        if isStandby { return number == startup ? .startup : .walReceiver }
        if number < backends { return .clientBackend }
        if number == walWriter { return .walWriter }
        if number == checkpointer { return .checkpointer }
        if number == backgroundWriter { return .backgroundWriter }
        return number == autovacuum ? .autovacuum : .walSender
    }

    /// Every process's kind, by number.
    public var types: [BackendType] { (0..<count).map(type(of:)) }
}
