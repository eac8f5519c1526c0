/// The kinds of PostgreSQL process, as the `backend_type` column of `pg_stat_activity` names them.
public enum BackendType: UInt8, CaseIterable, Sendable {
    case clientBackend = 0
    case walWriter, checkpointer, backgroundWriter
    /// Sends WAL to one standby.
    case walSender
    /// A standby's processes: one receives WAL, one replays it.
    case walReceiver, startup
    /// Vacuums tables that have collected old versions of rows.
    case autovacuum

    /// How many types there are: the size of a table indexed by raw value.
    @inlinable public static var count: Int { 8 }

    /// The `backend_type` column.
    public var name: String {
        switch self {
        case .clientBackend: "client backend"
        case .walWriter: "walwriter"
        case .checkpointer: "checkpointer"
        case .backgroundWriter: "background writer"
        case .walSender: "walsender"
        case .walReceiver: "walreceiver"
        case .startup: "startup"
        case .autovacuum: "autovacuum worker"
        }
    }
}
