import Postgres
import WaitEvents

/// A setting as PostgreSQL defines it: an entry of guc_tables.c (guc.c before release 16).
struct SettingDefinition: Sendable {
    /// When PostgreSQL lets a setting change (`pg_settings.context`).
    enum Context: String, Sendable {
        /// Fixed when the cluster is made.
        case `internal`
        /// At server start.
        case postmaster
        /// By reloading the configuration.
        case sighup
        case superuser
        case user
    }

    var name: String
    var type: SettingType
    var context: Context
    /// The default as it would stand in postgresql.conf.
    var standard: String
    /// Where a release's default is another one.
    var otherStandards: [PostgresRelease: String] = [:]
    /// The releases that know it.
    var releases = PostgresRelease.v96...PostgresRelease.v18
    /// What the simulated server does with it; nil: accepted without effect.
    var effect: SettingEffect?
    /// What it means, for the reference.
    var meaning = ""
}

/// How a setting's value gets into and out of `Settings`.
struct SettingEffect: Sendable {
    var apply: @Sendable (SettingValue, inout Settings) -> Void
    var read: @Sendable (Settings) -> SettingValue
}

/// What values a setting takes.
enum SettingType: Sendable {
    case bool
    case integer(unit: SettingUnit?, ClosedRange<Int>)
    case real(unit: SettingUnit?, ClosedRange<Double>)
    /// The names that PostgreSQL lists, and the ones that it takes without listing them.
    case choice([String], hidden: [String: String])
    case text

    static func choice(_ names: [String]) -> SettingType { .choice(names, hidden: [:]) }

    /// A choice that was a Boolean once: `on` and `off` have their other words still.
    static func switchOrChoice(_ names: [String]) -> SettingType {
        .choice(names, hidden: ["true": "on", "yes": "on", "1": "on", "false": "off", "no": "off", "0": "off"])
    }
}

/// A setting's value in its base unit.
enum SettingValue: Sendable, Equatable {
    case bool(Bool)
    case integer(Int)
    case real(Double)
    case text(String)

    var integer: Int {
        guard case .integer(let value) = self else { preconditionFailure("a setting's type and effect disagree") }
        return value
    }
    var bool: Bool {
        guard case .bool(let value) = self else { preconditionFailure("a setting's type and effect disagree") }
        return value
    }
    var real: Double {
        guard case .real(let value) = self else { preconditionFailure("a setting's type and effect disagree") }
        return value
    }
    var text: String {
        guard case .text(let value) = self else { preconditionFailure("a setting's type and effect disagree") }
        return value
    }
}

/// The unit of a setting's number when none is written (`pg_settings.unit`).
enum SettingUnit: String, Sendable {
    case microseconds = "us"
    case milliseconds = "ms"
    case seconds = "s"
    case minutes = "min"
    case bytes = "B"
    case kilobytes = "kB"
    case pages = "8kB"
    case megabytes = "MB"
    /// Segments of WAL, as 9.6 counts `max_wal_size` and `min_wal_size`.
    case segments = "16MB"

    /// A unit that may be written, and how many base units it is.
    typealias Conversion = (name: String, factor: Double)

    /// The units that may be written, largest first.
    var conversions: [Conversion] {
        switch self {
        case .microseconds: Self.times(perMicrosecond: 1)
        case .milliseconds: Self.times(perMicrosecond: 1e-3)
        case .seconds: Self.times(perMicrosecond: 1e-6)
        case .minutes: Self.times(perMicrosecond: 1e-6 / 60)
        case .bytes: Self.sizes(perByte: 1)
        case .kilobytes: Self.sizes(perByte: 1.0 / 1024)
        case .pages: Self.sizes(perByte: 1 / Double(WALFormat.pageSize))
        case .megabytes: Self.sizes(perByte: 1.0 / 1_048_576)
        case .segments: Self.sizes(perByte: 1.0 / 16_777_216).dropLast()
        }
    }

    /// PostgreSQL's hint.
    var hint: String {
        switch self {
        case .microseconds, .milliseconds, .seconds, .minutes:
            "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"."
        case .segments: "Valid units for this parameter are \"kB\", \"MB\", \"GB\", and \"TB\"."
        case .bytes, .kilobytes, .pages, .megabytes:
            "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\"."
        }
    }

    private static func times(perMicrosecond factor: Double) -> [Conversion] {
        [("d", 86_400e6), ("h", 3_600e6), ("min", 60e6), ("s", 1e6), ("ms", 1e3), ("us", 1)]
            .map { ($0.0, $0.1 * factor) }
    }

    private static func sizes(perByte factor: Double) -> [Conversion] {
        [("TB", 1_099_511_627_776.0), ("GB", 1_073_741_824), ("MB", 1_048_576), ("kB", 1024), ("B", 1)]
            .map { ($0.0, $0.1 * factor) }
    }
}
