import Postgres
import SimTime

/// The schema of a scenario.
enum ScenarioSchema {
    static let root = SchemaType.object(
        ObjectSchema(keys: [
            .optional("$schema", .text(.prose), "The JSON Schema of scenarios, for editors."),
            .optional("name", .name, note: "the file's name", "Name of the scenario in results."),
            .optional("description", .text(.prose), default: "", "What the scenario shows."),
            .optional("seed", .integer(in: Scenario.seeds), default: .integer(1), "Repeat k has the seed `seed + k`."),
            .optional(
                "duration", .positiveDuration, note: "30s, or open if phases count transactions", "The measured span."),
            .optional(
                "warmup", .anyDuration, note: "2s, or 0s if phases count transactions",
                "Runs before the measured span and is not measured."),
            .optional(
                "checkpoint_pause", .positiveDuration, note: "none",
                "The last part of the warm-up: no client starts a transaction, and a CHECKPOINT is made, so that the "
                    + "measured span begins on clean pages. What earlier runs have left is then in the tables."),
            .optional(
                "checkpoint_after", .anyDuration, default: "0s",
                "How far into that pause the CHECKPOINT is made; autovacuum may come by before it."),
            .optional(
                "repeats", .integer(in: Scenario.repeatCounts), default: .integer(5), "Runs with different seeds."),
            .optional("server", .object(server), default: .object([:]), "The PostgreSQL server."),
            .optional(
                "host", .object(HostSchema.object), default: .object([:]), "The machine that the server runs on."),
            .required("clients", WorkloadSchema.clients, "One group of connections, or a list of named groups."),
            .optional(
                "instances", PlacementSchema.instances, note: "one server",
                "Several servers on the host, each with `server`'s settings and clients as in `clients`: how many, or "
                    + "a list that says what is other for each. Results are sums over all of them."),
            .optional(
                "tables", .map(.definition(.table)),
                "Tables whose pages decide which WAL records statements write, as loaded before the start: `pgbench` "
                    + "by its scale, or tables spelled out."),
            .optional(
                "transactions", .map(.definition(.transaction)), default: .object([:]),
                "Transactions by name; a built-in one need not be spelled out."),
            .optional("standbys", StandbySchema.list, default: .array([]), "Standbys that replicate the server."),
            .optional("observe", .object(observe), default: .object([:]), "What is observed, and how often."),
            .optional(
                "phases", .list(.object(phase), count: 0...1000), default: .array([]),
                "Consecutive spans of the run, of time, of committed transactions or of rest, that are reported on "
                    + "their own."),
            .optional(
                "events", .list(.object(event), count: 0...10_000), default: .array([]),
                "What happens at an instant of the measured span."),
            .optional(
                "thresholds", .object(thresholds), default: .object([:]),
                "Conditions on metrics of summary.csv; a missed one makes the exit status 1."),
        ]))

    private static let server = ObjectSchema(
        keys: [
            .optional("version", .release, default: "16", "Major release of PostgreSQL, as a number or a string."),
            .optional(
                "settings", .definition(.settings), default: .object([:]),
                "Settings by PostgreSQL's names; they win over the file's."),
            .optional(
                "recycled_segments", .integer(0...1_000_000),
                note: "what `max_wal_size` allows; 0 without `wal_recycle`",
                "How many WAL segments wait for their use at the start; when none is left, each new one must be made."),
            .optional("settings_file", .text(.file), "A postgresql.conf, relative to the scenario's directory."),
            .optional(
                "variants", .object(variants), default: .object([:]),
                "Algorithms that differ from the release's, to try."),
        ] + PlacementSchema.server)

    private static let variants = ObjectSchema(keys: [
        .optional(
            "insertion_locks",
            .integer(in: Variants.insertionLockCounts), default: .integer(8),
            "How many WAL insertion locks there are; every release has 8."),
        .optional(
            "wal_page_init", .choice(["locked", "lock-free"]), default: "locked",
            "`lock-free`: inserters initialise WAL pages without WALBufMappingLock, as the betas of release 18 did."),
    ])

    /// The settings of the server, of which an event may change some.
    static let settings = ObjectSchema(
        keys: SettingTable.definitions.map { .optional($0.name, .setting($0), $0.meaning) }, vocabulary: .settings)

    private static let observe = ObjectSchema(keys: [
        .optional(
            "sample_interval", .duration(.microseconds(1)...SchemaType.longestDuration), default: "10ms",
            "Interval of simulated sampling of pg_stat_activity."),
        .optional(
            "timeline_interval", .duration(.microseconds(1)...SchemaType.longestDuration),
            note: "a hundredth of `duration`, at least 1ms", "Interval of the timeline."),
    ])

    private static let phase = ObjectSchema(
        keys: [
            .required("name", .name, "Name of the phase in results."),
            .optional("until", .positiveDuration, "Ends at this instant."),
            .optional("transactions", .integer(1...1_000_000_000_000), "Ends after so many committed transactions."),
            .optional("idle", .positiveDuration, "Ends after so long, in which no client starts a transaction."),
        ], groups: [.init(names: ["until", "transactions", "idle"], isRequired: false)])

    private static let event = ObjectSchema(keys: [
        .required("at", .anyDuration, "The instant."),
        .required(
            "do", .choice(EventSpec.names),
            "What happens: `set` changes settings, `checkpoint` asks for one without pauses, as CHECKPOINT does, "
                + "`stop standby` kills a standby's server, `start standby` starts it again, `cancel` cancels "
                + "statements that wait for standbys."),
        .optional(
            "settings", .definition(.settings), "For `set`: settings that PostgreSQL can change without a restart."),
        .optional("name", .name, "For `stop standby` and `start standby`: which."),
        .optional("count", .integer(1...1_000_000), note: "1", "For `cancel`: how many, longest waits first."),
    ])

    private static let thresholds = ObjectSchema(
        keys: Metric.all.map {
            .optional(
                $0.name, .text(.threshold), "For example \($0.example); in \($0.unit.rawValue) if no unit is given.")
        })
}

extension Metric {
    /// A condition on the metric, for the reference.
    fileprivate var example: String {
        switch unit {
        case .microseconds: "`\"<= 20ms\"`"
        case .bytes: "`\"<= 4kB\"`"
        case .fraction: "`\"<= 0.8\"`"
        case .count, .perSecond: "`\">= 1000\"`"
        }
    }
}

extension SchemaType {
    fileprivate static func integer(in range: ClosedRange<some BinaryInteger>) -> SchemaType {
        .integer(Int64(range.lowerBound)...Int64(range.upperBound))
    }
}
