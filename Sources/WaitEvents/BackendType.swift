/// The kinds of PostgreSQL process, as the `backend_type` column of `pg_stat_activity` names them.
public enum BackendType: UInt8, CaseIterable, Sendable {
    case clientBackend = 0
    case walWriter = 1

    /// How many types there are: the size of a table indexed by raw value.
    @inlinable public static var count: Int { 2 }

    /// The `backend_type` column.
    public var name: String {
        switch self {
        case .clientBackend: "client backend"
        case .walWriter: "walwriter"
        }
    }
}
