import HostModel
import Postgres
import SimTime
import WaitEvents

/// Completes a checked tree: defaults that depend on other values, and the contents of the files that it names. After
/// that the tree says all that a simulation depends on, and its text can be hashed.
struct ScenarioCompletion {
    private(set) var root: JSONNode
    /// The server's settings, with where they come from.
    private(set) var settings: SettingCollection
    private let file: String
    private let files: FileAccess
    private(set) var problems: [InputProblem] = []
    private(set) var warnings: [String] = []

    init(checked root: JSONNode, file: String, files: FileAccess) {
        self.root = root
        self.file = file
        self.files = files
        settings = SettingCollection(release: root.child("server").child("version").choice(PostgresRelease.self))
        completeTimes()
        completeHost()
        Self.completeStandbys(&self.root)
        completeSettings()
        completeLoads()
    }

    private mutating func completeTimes() {
        let phases = root.child("phases").list
        let countsTransactions = !phases.isEmpty && phases.contains { $0["transactions"] != nil }
        if root["duration"] == nil, !countsTransactions {
            root["duration"] = .integer(Nanoseconds.seconds(30).count)
        }
        if root["warmup"] == nil {
            root["warmup"] = .integer(countsTransactions ? 0 : Nanoseconds.seconds(2).count)
        }
    }

    private mutating func completeHost() {
        var host = root.child("host")
        var storage = host.child("storage")
        for name in ["wal", "data"] {
            guard var device = storage[name] else { continue }
            if device["write"] == nil { device["write"] = device.child("sync").placed(.builtIn) }
            storage[name] = device
        }
        host["storage"] = storage
        var costs = host.child("costs")
        for work in Work.allCases {
            // A bare duration is the fixed part; what is left out stays as calibrated.
            let cost = costs[work.schemaName] ?? .object([:])
            costs[work.schemaName] = .object([
                "base": (cost.members == nil ? cost : cost["base"]) ?? .integer(CostTable.measured[work].count),
                "per_unit": cost["per_unit"] ?? .real(CostTable.measured.perUnit(work)),
            ])
        }
        host["costs"] = costs
        root["host"] = host
    }

    private mutating func completeSettings() {
        var server = root.child("server")
        if let name = server["settings_file"] { readSettings(from: name) }
        let path = SchemaPath("server") / "settings"
        for member in server.child("settings").members ?? [] { settings.take(member, at: path) }
        settings.followSegmentSize()
        settings.followVacuumCostDelay()
        problems += settings.problems
        if settings.problems.isEmpty { problems += StartupCheck(settings).problems }
        warnings += settings.warnings(at: path)
        server["settings_file"] = nil
        server["settings"] = settings.canonical
        root["server"] = server
    }

    private mutating func readSettings(from name: JSONNode) {
        let path = FileAccess.path(name.text, besides: file)
        do throws(InputProblem) {
            guard let entries = try ConfigurationFile.read(path, files: files) else {
                problems.append(
                    InputProblem(SchemaPath("server") / "settings_file", "cannot read this file", notes: [name.seen])
                        .asMissingFile)
                return
            }
            for entry in entries { settings.take(entry) }
        } catch {
            problems.append(error)
        }
    }

    private mutating func completeLoads() {
        root["clients"] = completedLoads(root.child("clients"), at: SchemaPath("clients"))
        guard let instances = root["instances"]?.elements else { return }
        root["instances"] = .array(
            instances.enumerated().map { number, instance in
                var instance = instance
                let path = SchemaPath("instances") / number / "clients"
                instance["clients"] = instance["clients"].map { completedLoads($0, at: path) }
                return instance
            })
    }

    private mutating func completedLoads(_ clients: JSONNode, at path: SchemaPath) -> JSONNode {
        guard let list = clients.elements else { return completedLoad(clients, at: path) }
        return .array(list.enumerated().map { completedLoad($1, at: path / $0) })
    }

    /// A client group with the starts of its pgbench log in place of the log's name.
    private mutating func completedLoad(_ group: JSONNode, at path: SchemaPath) -> JSONNode {
        guard let name = group.child("load")["replay"] else { return group }
        let place = path / "load" / "replay"
        let log = FileAccess.path(name.text, besides: file)
        guard let bytes = files.read(log) else {
            problems.append(InputProblem(place, "cannot read this file", notes: [name.seen]).asMissingFile)
            return group
        }
        do throws(InputProblem) {
            let starts = try PgbenchLog.starts(bytes, file: log)
            var changed = group
            changed["load"] = .object(["replay": .array(starts.map { .integer($0.count) })])
            return changed
        } catch {
            problems.append(error)
            return group
        }
    }
}
