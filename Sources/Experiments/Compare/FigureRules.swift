/// Which figures of a pair of tables matter most, and which way they get better.
struct FigureRules {
    /// The sessions of all rows of a wait event file that wait for something, by what tells the rows' groups apart.
    private let activeSessions: Double
    private let sessions: [ComparableTable.Key: Double]
    private let typeColumn: Int?
    private let isWide: Bool
    private let isPartOfFolder: Bool

    /// Rows of fewer sessions than this share of all waiting ones are noise.
    private static let smallestShare = 0.01
    /// Classes of events in which a process is idle.
    private static let idle: Set<String> = ["", "Client", "Activity"]

    init(_ base: ComparableTable, _ new: ComparableTable, isPartOfFolder: Bool) {
        self.isPartOfFolder = isPartOfFolder
        isWide = base.isWide
        typeColumn = base.places.firstIndex(of: "wait_event_type")
        var sessions: [ComparableTable.Key: Double] = [:]
        for key in Set(base.keys + new.keys) where key.metric == "avg_sessions" {
            let means = [base, new].map { table in
                let values = table.values(key)?.values.sorted() ?? []
                return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
            }
            sessions[key] = means.max()
        }
        self.sessions = sessions
        let column = typeColumn
        let waiting = sessions.filter { key, _ in column.map { !Self.idle.contains(key.place[$0]) } ?? false }
        activeSessions = waiting.values.sorted().reduce(0, +)
    }

    /// A row of waiting sessions that is no noise.
    private func isWaiting(_ key: ComparableTable.Key) -> Bool {
        guard let typeColumn, key.metric == "avg_sessions", !Self.idle.contains(key.place[typeColumn]) else {
            return false
        }
        return sessions[key] ?? 0 >= Self.smallestShare * activeSessions
    }

    /// Fewer sessions waiting is better; other columns of wide tables are volumes and details.
    func direction(_ key: ComparableTable.Key) -> MetricDirection {
        if isWide { return isWaiting(key) ? .lower : .none }
        return MetricDirection.of(metric: key.metric)
    }

    func isHeadline(_ key: ComparableTable.Key) -> Bool {
        if typeColumn != nil { return isWaiting(key) }
        return isWide && !isPartOfFolder || MetricDirection.headline.contains(key.metric)
    }
}
