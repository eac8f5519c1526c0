/// Wait events under one spelling, that of release 16, whichever release and tool named them.
enum WaitEventText {
    /// An active session that shows no event: on CPU, ready to run, or in a sleep that is not reported.
    static let none = "(none)"

    /// `LWLock:WALWrite` for `LWLock` and `WALWriteLock`; `(none)` for two empty fields.
    static func canonical(type: String, event: String) -> String {
        let kind = type.hasPrefix("LWLock") ? "LWLock" : type
        if kind.isEmpty || event.isEmpty || kind == "CPU" || event.lowercased() == "cpu" { return none }
        let name = kind == "LWLock" ? lockName(event) : event
        return byLowercase["\(kind):\(name)".lowercased()] ?? "\(kind):\(name)"
    }

    /// The classes of wait events that PostgreSQL has had.
    private static let types: Set<String> = [
        "Activity", "Buffer", "BufferPin", "Client", "Extension", "IO", "IPC", "InjectionPoint", "LWLock",
        "LWLockNamed",
        "LWLockTranche", "Lock", "Timeout",
    ]

    /// True if the class stands where the event should and not where it should: the columns are swapped. An unknown
    /// class alone proves nothing, as forks of PostgreSQL have their own.
    static func isSwapped(type: String, event: String) -> Bool { types.contains(event) && !types.contains(type) }

    /// Idle time: the client has nothing to do.
    static func isIdle(_ event: String) -> Bool { event == "Client:ClientRead" }

    /// Main loops of background processes; a client's backend is never in one.
    static func isBackground(_ event: String) -> Bool {
        event.hasPrefix("Activity:") || event.hasPrefix("Extension:")
    }

    /// Releases before 13 called locks WALWriteLock, wal_insert and the like.
    private static func lockName(_ event: String) -> String {
        if let known = oldLocks[event] { return known }
        return event.hasSuffix("Lock") && event.count > 4 ? String(event.dropLast(4)) : event
    }

    private static let oldLocks = [
        "wal_insert": "WALInsert", "buffer_content": "BufferContent", "buffer_mapping": "BufferMapping",
        "lock_manager": "LockManager", "proc": "LockFastPath", "clog": "XactBuffer", "CLogControlLock": "XactSLRU",
        "CLogTruncationLock": "XactTruncation", "subtrans": "SubtransBuffer",
        "multixact_offset": "MultiXactOffsetBuffer",
    ]

    /// Release 17 writes WalWrite and ProcarrayGroupUpdate, releases before 13 ClogGroupUpdate.
    private static let byLowercase: [String: String] = {
        let names = [
            "LWLock:WALWrite", "LWLock:WALInsert", "LWLock:WALBufMapping", "LWLock:ProcArray", "LWLock:XactSLRU",
            "LWLock:XidGen", "LWLock:BufferContent", "LWLock:BufferMapping", "LWLock:LockManager", "LWLock:SyncRep",
            "IO:WALWrite", "IO:WALSync", "IO:WALInitWrite", "IO:WALInitSync", "IO:WALSyncMethodAssign",
            "IO:DataFileRead", "IO:DataFileWrite", "IO:DataFileExtend", "IO:DataFileSync", "IO:DataFileFlush",
            "IPC:ProcArrayGroupUpdate", "IPC:XactGroupUpdate", "IPC:SyncRep", "Timeout:SpinDelay",
            "Timeout:VacuumDelay", "Client:ClientRead", "Client:ClientWrite", "Lock:transactionid", "Lock:tuple",
        ]
        var map = Dictionary(uniqueKeysWithValues: names.map { ($0.lowercased(), $0) })
        map["ipc:cloggroupupdate"] = "IPC:XactGroupUpdate"
        return map
    }()
}
