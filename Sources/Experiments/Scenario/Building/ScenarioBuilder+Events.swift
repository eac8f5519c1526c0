import Postgres
import SimTime
import WaitEvents

extension ScenarioBuilder {
    func serverSettings(_ release: PostgresRelease) -> Settings {
        var collected = SettingCollection(release: release)
        for member in root.child("server").child("settings").members ?? [] {
            collected.take(member, at: SchemaPath("server") / "settings")
        }
        return collected.settings
    }

    /// Events in order of time, each with all settings as they are from then on.
    mutating func eventSpecs(
        _ initial: Settings, _ release: PostgresRelease, duration: Nanoseconds?
    ) -> [EventSpec] {
        let indexed = root.child("events").list.enumerated().map { (index: $0, node: $1) }
        // Sorting by the index too keeps events of one instant in the scenario's order.
        let ordered = indexed.sorted { a, b in
            (a.node.child("at").integer, a.index) < (b.node.child("at").integer, b.index)
        }
        var settings = initial
        return ordered.map { index, node in
            let path = SchemaPath("events") / index
            let at = node.child("at").nanoseconds
            if let duration, at >= duration {
                warnings.append("\(path): is after the end of the run (\(duration.inUnits))")
            }
            switch node.child("do").text {
            case "checkpoint":
                if node["settings"] != nil { report(path / "settings", "only \"set\" takes settings") }
                return EventSpec(at: at, action: .checkpoint)
            default:
                if node["settings"] == nil { report(path, "\"set\" needs the key \"settings\"") }
                settings = changed(settings, by: node["settings"] ?? .object([:]), release, at: path / "settings")
                return EventSpec(at: at, action: .set(settings))
            }
        }
    }

    private mutating func changed(
        _ settings: Settings, by node: JSONNode, _ release: PostgresRelease, at path: SchemaPath
    ) -> Settings {
        var collected = SettingCollection(release: release, settings: settings)
        for member in node.members ?? [] {
            switch SettingTable.named(member.key)?.context {
            case .internal:
                report(path / member.key, "parameter \"\(member.key)\" cannot be changed")
            case .postmaster:
                report(path / member.key, "parameter \"\(member.key)\" cannot be changed without restarting the server")
            default: collected.take(member, at: path)
            }
        }
        problems += collected.problems
        if !collected.inert.isEmpty {
            warnings.append(
                "\(path): accepted, no effect in the model: \(collected.inert.sorted().joined(separator: ", "))")
        }
        return collected.settings
    }
}
