/// A major release of PostgreSQL that the simulated server can be.
public enum PostgresRelease: String, CaseIterable, Sendable, Comparable {
    case v96 = "9.6"
    case v15 = "15"
    case v16 = "16"
    case v17 = "17"
    case v18 = "18"

    /// Whether `a` is the older release.
    public static func < (a: PostgresRelease, b: PostgresRelease) -> Bool {
        allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
}
