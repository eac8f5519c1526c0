import HostModel
import Postgres
import SimTime
import Statistics
import WaitEvents

/// Makes a `Scenario` from a checked tree, and checks what takes more than one value to check.
struct ScenarioBuilder {
    let root: JSONNode
    /// The scenario's path or name, which gives it a name if it has none.
    let file: String
    /// The server's settings, and where they come from.
    let serverSettings: SettingCollection
    var problems: [InputProblem] = []
    var warnings: [String] = []

    init(_ completion: ScenarioCompletion, file: String) {
        root = completion.root
        serverSettings = completion.settings
        self.file = file
    }

    /// The scenario; nil if there are problems.
    mutating func build() -> Scenario? {
        let release = root.child("server").child("version").choice(PostgresRelease.self)
        let settings = serverSettings.settings
        let tables = tableSpecs(release)
        let transactions = transactionSpecs(tables)
        let duration = root["duration"]?.nanoseconds
        let host = hostSpec()
        let (standbys, standbyHosts) = standbySpecs(settings, release, host: host)
        var scenario = Scenario(
            name: root["name"]?.text ?? Self.baseName(of: file), description: root.child("description").text,
            seed: UInt64(root.child("seed").integer), duration: duration, warmup: root.child("warmup").nanoseconds,
            repeats: Int(root.child("repeats").integer), release: release, settings: settings,
            recycledSegments: root.child("server")["recycled_segments"].map { Int($0.integer) },
            variants: variants(), host: host,
            clients: clientGroups(
                transactions.map(\.name), of: root.child("clients"), at: SchemaPath("clients")),
            tables: tables, transactions: transactions,
            observe: observeSpec(duration: duration), phases: phaseSpecs(duration: duration),
            events: eventSpecs(settings, release, duration: duration), thresholds: thresholdSpecs(),
            warnings: warnings, canonicalHash: "")
        scenario.checkpointPause = checkpointPause(within: scenario.warmup)
        scenario.checkpointAfter = checkpointAfter(beginning: scenario.checkpointPause)
        scenario.instances = instanceSpecs(scenario)
        scenario.standbys = standbys
        scenario.standbyHosts = standbyHosts
        return problems.isEmpty ? scenario : nil
    }

    private mutating func checkpointPause(within warmup: Nanoseconds) -> Nanoseconds? {
        guard let node = root["checkpoint_pause"] else { return nil }
        if node.nanoseconds > warmup {
            report(
                SchemaPath("checkpoint_pause"), "is a part of the warm-up and cannot be longer",
                notes: ["seen \(node.nanoseconds.inUnits)" + node.place.suffix, "warmup is \(warmup.inUnits)"])
        }
        return node.nanoseconds
    }

    private mutating func checkpointAfter(beginning pause: Nanoseconds?) -> Nanoseconds {
        let node = root.child("checkpoint_after")
        let after = node.nanoseconds
        if after > .zero, after >= pause ?? .zero {
            report(
                SchemaPath("checkpoint_after"), "the CHECKPOINT is made within the pause",
                notes: [
                    "seen \(after.inUnits)" + node.place.suffix,
                    pause.map { "checkpoint_pause is \($0.inUnits)" } ?? "there is no checkpoint_pause",
                ])
        }
        return after
    }

    private func variants() -> Variants {
        let node = root.child("server").child("variants")
        var variants = Variants()
        variants.insertionLocks = Int(node.child("insertion_locks").integer)
        variants.hasWALBufMappingLock = node.child("wal_page_init").text == "locked"
        return variants
    }

    mutating func report(_ path: SchemaPath, _ what: String, notes: [String?] = []) {
        problems.append(InputProblem(path, what, notes: notes))
    }

    /// `burst-insert` for `scenarios/burst-insert.json`.
    private static func baseName(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name.lowercased().hasSuffix(".json") ? String(name.dropLast(5)) : name
    }

    /// More intervals than anybody reads; they take memory in each repeat.
    private static let timelineLimit: Int64 = 100_000

    private mutating func observeSpec(duration: Nanoseconds?) -> ObserveSpec {
        let observe = root.child("observe")
        let automatic = max(Nanoseconds((duration ?? .seconds(100)).count / 100), .milliseconds(1))
        let interval = observe["timeline_interval"]?.nanoseconds ?? automatic
        if let duration, duration.count / interval.count > Self.timelineLimit {
            report(
                SchemaPath("observe") / "timeline_interval", "too short for this duration",
                notes: [
                    "seen \(interval.inUnits)",
                    "allowed: at most \(Self.timelineLimit) intervals in \(duration.inUnits)",
                ])
        }
        return ObserveSpec(sampleInterval: observe.child("sample_interval").nanoseconds, timelineInterval: interval)
    }
}
