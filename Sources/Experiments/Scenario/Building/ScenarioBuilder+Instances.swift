import HostModel
import Postgres

/// Where servers run.
extension ScenarioBuilder {
    /// The servers; empty if there is one and nothing is said about its place.
    mutating func instanceSpecs(_ scenario: Scenario) -> [InstanceSpec] {
        let base = InstanceSpec(
            settings: scenario.settings, recycledSegments: scenario.recycledSegments, clients: scenario.clients)
        let server = root.child("server")
        guard let node = root["instances"] else {
            let isPlaced = PlacementSchema.server.contains { server[$0.name] != nil } || !scenario.host.guests.isEmpty
            guard isPlaced else { return [] }
            return [placed(base, by: [(server, SchemaPath("server"))], number: 0, scenario)]
        }
        let list = node.elements ?? Array(repeating: .object([:]), count: Int(node.integer))
        let specs = list.enumerated().map { instance($1, number: $0, base, scenario) }
        if node.elements != nil {
            reportRepeatedNames(specs.enumerated().map { ($1.name, SchemaPath("instances") / $0 / "name") })
        }
        return specs
    }

    private mutating func instance(
        _ node: JSONNode, number: Int, _ base: InstanceSpec, _ scenario: Scenario
    ) -> InstanceSpec {
        let path = SchemaPath("instances") / number
        var spec = base
        spec.name = node["name"]?.text ?? "server \(number + 1)"
        var places = [(node: root.child("server"), path: SchemaPath("server"))]
        if let server = node["server"] {
            places.insert((server, path / "server"), at: 0)
            spec.settings = settings(with: server["settings"], at: path / "server" / "settings")
        }
        if let clients = node["clients"] {
            spec.clients = clientGroups(scenario.transactions.map(\.name), of: clients, at: path / "clients")
        }
        return placed(spec, by: places, number: number, scenario)
    }

    private mutating func settings(with node: JSONNode?, at path: SchemaPath) -> Settings {
        var collected = SettingCollection(changing: serverSettings)
        for member in node?.members ?? [] { collected.take(member, at: path) }
        collected.followSegmentSize()
        collected.followVacuumCostDelay()
        problems += collected.problems.isEmpty ? StartupCheck(collected).problems : collected.problems
        warnings += collected.warnings(at: path)
        return collected.settings
    }

    /// The server with its cores and its guest: what the first of the objects that say anything says.
    private mutating func placed(
        _ spec: InstanceSpec, by places: [(node: JSONNode, path: SchemaPath)], number: Int, _ scenario: Scenario
    ) -> InstanceSpec {
        var spec = spec
        let host = scenario.host
        func value(_ key: String) -> (JSONNode, SchemaPath)? {
            places.lazy.compactMap { place in place.node[key].map { ($0, place.path / key) } }.first
        }
        if let (name, path) = value("cpuset") { spec.coreSet = coreSet(name, at: path) }
        if let (name, path) = value("walsender_cpuset") {
            spec.walSenderCoreSet = coreSet(name, at: path)
        }
        if let (name, path) = value("guest") {
            spec.guest = index(of: name, in: host.guests.map(\.name), "guest", at: path)
        } else if !host.guests.isEmpty {
            spec.guest = number % host.guests.count
        }
        return spec
    }

    /// The index of a set of cores.
    mutating func coreSet(_ name: JSONNode, at path: SchemaPath) -> Int? {
        let sets = root.child("host")["cpusets"]?.members ?? []
        return index(of: name, in: sets.map(\.key), "cpuset", at: path)
    }

    private mutating func index(of name: JSONNode, in names: [String], _ kind: String, at path: SchemaPath) -> Int? {
        if let index = names.firstIndex(of: name.text) { return index }
        let nearest = nearestName(to: name.text, among: names).map { "nearest: \"\($0)\"" }
        let allowed = names.isEmpty ? "host has none" : "allowed: " + names.joined(separator: ", ")
        report(path, "unknown \(kind)", notes: [name.seen, allowed, nearest])
        return nil
    }
}
