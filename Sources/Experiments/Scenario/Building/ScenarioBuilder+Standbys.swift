import HostModel
import Postgres
import SimTime
import Statistics
import WaitEvents

extension ScenarioBuilder {
    /// The standbys, and the machines of those that are elsewhere: these come behind the server's in a cluster.
    mutating func standbySpecs(
        _ settings: Settings, _ release: PostgresRelease, host: HostSpec
    ) -> (standbys: [StandbySpec], hosts: [HostSpec]) {
        var hosts: [HostSpec] = []
        let nodes = root["standbys"]?.list ?? []
        let standbys = nodes.enumerated().map { index, node in
            let path = SchemaPath("standbys") / index
            let isElsewhere = node.child("on").text == "elsewhere"
            var spec = standbySpec(node, at: path)
            if isElsewhere {
                hosts.append(machine(of: node, like: host, spec.walDevice))
                spec.host = hosts.count
                spec.network = networkSpec(node["network"], at: path / "network")
            } else {
                reportNeedless(node, at: path)
            }
            return spec
        }
        checkStandbys(standbys, settings, release)
        return (standbys, hosts)
    }

    private mutating func standbySpec(_ node: JSONNode, at path: SchemaPath) -> StandbySpec {
        let collected = standbySettings(node.child("settings"), at: path / "settings")
        let replay = node.child("replay")
        return StandbySpec(
            name: node.child("name").text, settings: collected.settings,
            walDevice: deviceSpec(node.child("storage").child("wal"), at: path / "storage" / "wal"),
            replayStalls: stallSpecs(replay.child("stalls"), at: path / "replay" / "stalls"),
            replayPerByte: replay["rate"].map { 1_000 / $0.real })
    }

    /// The server's settings but for its own.
    private mutating func standbySettings(_ node: JSONNode, at path: SchemaPath) -> SettingCollection {
        var collected = SettingCollection(changing: serverSettings)
        for member in node.members ?? [] {
            if SettingTable.named(member.key)?.context == .internal {
                report(
                    path / member.key, "a standby is a copy of the server and cannot differ in this",
                    notes: [member.value.seen, "the server has \(serverSettings.shownValue(of: member.key))"])
            } else {
                collected.take(member, at: path)
            }
        }
        problems += collected.problems
        if collected.problems.isEmpty { problems += StartupCheck(collected, copyOf: serverSettings).problems }
        warnings += collected.warnings(at: path)
        return collected
    }

    private func machine(of node: JSONNode, like host: HostSpec, _ device: DeviceSpec) -> HostSpec {
        var machine = host
        machine.cores = node["cores"].map { Int($0.integer) } ?? host.cores
        machine.walDevice = device
        machine.background = []
        machine.coreSets = []
        machine.guests = []
        return machine
    }

    private mutating func networkSpec(_ node: JSONNode?, at path: SchemaPath) -> NetworkSpec {
        guard let node else { return NetworkSpec(roundTrip: .microseconds(200)) }
        return NetworkSpec(
            roundTrip: distribution(node.child("round_trip"), at: path / "round_trip"),
            bandwidth: node["bandwidth"].map { $0.real * 1e6 })
    }

    private mutating func reportNeedless(_ node: JSONNode, at path: SchemaPath) {
        for key in ["cores", "network"] {
            guard let value = node[key] else { continue }
            report(
                path / key, "a standby on the server has none of its own",
                notes: [value.seen, "allowed with \"on\": \"elsewhere\""])
        }
    }

    // MARK: What takes more than one standby to check

    private mutating func checkStandbys(_ standbys: [StandbySpec], _ settings: Settings, _ release: PostgresRelease) {
        reportRepeatedNames(standbys.enumerated().map { ($1.name, SchemaPath("standbys") / $0 / "name") })
        if standbys.count > settings.maxWALSenders {
            report(
                SchemaPath("standbys"),
                "number of requested standby connections exceeds max_wal_senders (currently \(settings.maxWALSenders))",
                notes: ["seen \(standbys.count)"])
        }
        if !standbys.isEmpty, settings.walLevel == .minimal, settings.maxWALSenders == 0 {
            report(
                SchemaPath("standbys"),
                "WAL streaming (max_wal_senders > 0) requires wal_level \"replica\" or \"logical\"",
                notes: ["seen wal_level \"minimal\"" + (release == .v96 ? ", the default of 9.6" : "")])
        }
        guard let warning = Self.unconfirmable(settings, release, standbys.map(\.name)) else { return }
        warnings.append("server.settings.synchronous_standby_names: \(warning)")
    }

    /// What is to be said of settings under which no standby can ever confirm a commit; nil if nothing.
    private static func unconfirmable(_ settings: Settings, _ release: PostgresRelease, _ standbys: [String]) -> String?
    {
        guard settings.maxWALSenders > 0, settings.synchronousCommit > .local,
            let config = try? SyncRepConfig.parse(settings.synchronousStandbyNames, release: release)
        else { return nil }
        let named = standbys.filter { config.priority(of: $0) > 0 }
        guard named.count < config.numSync else { return nil }
        let who =
            named.isEmpty
            ? "none of the scenario's standbys is"
            : "only \(named.joined(separator: ", ")) \(named.count == 1 ? "is" : "are")"
        let unmet = config.members.filter { member in !named.contains { $0.lowercased() == member.lowercased() } }
        let free = standbys.filter { !named.contains($0) }
        let nearest = unmet.lazy.compactMap { nearestName(to: $0, among: free) }.first
        return "\(who) named and \(config.numSync) must confirm: commits wait for ever"
            + (nearest.map { " (nearest: \"\($0)\")" } ?? "")
    }
}
