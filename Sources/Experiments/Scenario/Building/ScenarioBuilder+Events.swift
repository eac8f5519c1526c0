import Postgres
import SimTime
import WaitEvents

extension ScenarioBuilder {
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
            checkKeys(of: node, at: path)
            if let change = node["settings"] {
                settings = changed(settings, by: change, release, at: path / "settings")
            }
            return EventSpec(at: at, action: action(node, settings))
        }
    }

    private func action(_ node: JSONNode, _ settings: Settings) -> EventSpec.Action {
        switch node.child("do").text {
        case "stop standby": .stopStandby(node["name"]?.text ?? "")
        case "start standby": .startStandby(node["name"]?.text ?? "")
        case "checkpoint": .checkpoint
        case "cancel": .cancel(node["count"].map { Int($0.integer) } ?? 1)
        default: .set(settings)
        }
    }

    /// Each action has keys of its own.
    private mutating func checkKeys(of node: JSONNode, at path: SchemaPath) {
        let action = node.child("do").text
        let own: String? = ["set": "settings", "stop standby": "name", "start standby": "name"][action]
        if let own, node[own] == nil { report(path, "key \"\(own)\" is missing", notes: ["\"do\": \"\(action)\""]) }
        for key in ["settings", "name", "count"] where key != own && !(key == "count" && action == "cancel") {
            guard let value = node[key] else { continue }
            report(path / key, "does not go with \"do\": \"\(action)\"", notes: [value.seen])
        }
        guard own == "name", let name = node["name"] else { return }
        let names = (root["standbys"]?.list ?? []).map { $0.child("name").text }
        guard !names.contains(name.text) else { return }
        let nearest = nearestName(to: name.text, among: names).map { "nearest: \"\($0)\"" }
        let allowed = names.isEmpty ? "the scenario has no standbys" : "allowed: \(names.joined(separator: ", "))"
        report(path / "name", "unknown standby", notes: [name.seen, allowed, nearest])
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
        warnings += collected.warnings(at: path)
        return collected.settings
    }
}
