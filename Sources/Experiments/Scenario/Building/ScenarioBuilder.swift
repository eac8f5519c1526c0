import HostModel
import Postgres
import SimTime
import Statistics
import WaitEvents

/// Makes a `Scenario` from a checked tree, and checks what takes more than one value to check.
struct ScenarioBuilder {
    let root: JSONNode
    /// The scenario's path or name; files that it names are relative to it.
    let file: String
    let files: FileAccess
    var problems: [ScenarioProblem] = []
    var warnings: [String] = []

    init(root: JSONNode, file: String, files: FileAccess) {
        self.root = root
        self.file = file
        self.files = files
    }

    /// The scenario; nil if there are problems.
    mutating func build() -> Scenario? {
        let release = root.child("server").child("version").choice(PostgresRelease.self)
        let settings = serverSettings(release)
        let transactions = transactionSpecs()
        let duration = root["duration"]?.nanoseconds
        let scenario = Scenario(
            name: root["name"]?.text ?? Self.baseName(of: file), description: root.child("description").text,
            seed: UInt64(root.child("seed").integer), duration: duration, warmup: root.child("warmup").nanoseconds,
            repeats: Int(root.child("repeats").integer), release: release, settings: settings, host: hostSpec(),
            clients: clientGroups(transactions.map(\.name)), transactions: transactions,
            observe: observeSpec(duration: duration), phases: phaseSpecs(duration: duration),
            events: eventSpecs(settings, release, duration: duration), thresholds: thresholdSpecs(),
            warnings: warnings, canonicalHash: "")
        return problems.isEmpty ? scenario : nil
    }

    mutating func report(_ path: SchemaPath, _ what: String, notes: [String?] = []) {
        problems.append(ScenarioProblem(path, what, notes: notes))
    }

    /// `burst-insert` for `scenarios/burst-insert.json`.
    static func baseName(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name.lowercased().hasSuffix(".json") ? String(name.dropLast(5)) : name
    }

    private func observeSpec(duration: Nanoseconds?) -> ObserveSpec {
        let observe = root.child("observe")
        let automatic = max(Nanoseconds((duration ?? .seconds(100)).count / 100), .milliseconds(1))
        return ObserveSpec(
            sampleInterval: observe.child("sample_interval").nanoseconds,
            timelineInterval: observe["timeline_interval"]?.nanoseconds ?? automatic)
    }
}
