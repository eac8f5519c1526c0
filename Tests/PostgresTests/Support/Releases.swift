import WaitEvents

extension PostgresRelease {
    /// Releases that report every kind of wait event, by the names of today.
    static let modern = allCases.filter { $0 >= .v15 }
}
