import Foundation
import HostModel
import Postgres
import SimTime
import WaitEvents

/// The scenario that a calibration writes, for some values of the fitted factors.
struct CalibratedScenario {
    /// The share of active sessions from which on they count as a closed loop without pauses.
    static let saturation = 0.8

    var name: String
    var description = ""
    var release: PostgresRelease
    /// Settings that have an effect, in the order of the file; the last of a name wins.
    var settings: [ConfigurationEntry]
    var cores: Int
    var sync: SyncModel
    /// Nil: a built-in one.
    var transaction: MeasuredTransaction?
    var clientsOnServer: Bool
    /// Names of the standbys without which no commit would be confirmed.
    var standbys: [String] = []
    /// Mean pause between transactions in nanoseconds; nil: none.
    var think: Double?

    /// How many times as long things take as the inputs say: what the fit finds.
    struct Factors {
        /// CPU work and its penalties.
        var cpu = 1.0
        /// Syncs and writes of the device.
        var sync = 1.0
    }

    /// Who sends transactions, and when.
    struct Load {
        var clients: Int
        /// Threads of the clients' program, if that shares the server's cores.
        var threads: Int
        /// Arrivals a second; nil: a closed loop.
        var rate: Double?
        /// Whether clients pause as sessions on the server were seen to; those of a pgbench run do not.
        var thinks = true
    }

    /// The tree of the scenario.
    /// - Parameter duration: of a simulation within the fit; nil: the default, for the user.
    func node(_ factors: Factors, _ load: Load, duration: Nanoseconds? = nil) -> JSONNode {
        var tree = JSONNode.object(["name": .string(name), "description": .string(description)])
        if let duration {
            tree["duration"] = .string("\(duration.count)ns")
            tree["warmup"] = .string("\(duration.count / 8)ns")
            tree["repeats"] = .integer(1)
        }
        tree["server"] = .object(["version": .string(release.rawValue), "settings": settingsNode])
        tree["host"] = hostNode(factors)
        if !standbys.isEmpty { tree["standbys"] = .array(standbys.map { standbyNode($0, factors) }) }
        var group = JSONNode.object([
            "count": .integer(Int64(load.clients)),
            "load": load.rate.map { .object(["open": .object(["rate": .real(Self.threeDigits($0))])]) } ?? "closed",
            "transaction": .string(transaction == nil ? "insert" : "measured"),
            "on": .string(clientsOnServer ? "server" : "elsewhere"),
        ])
        if let think, load.rate == nil, load.thinks {
            group["think"] = .object(["exponential": .object(["mean": .string(DurationPrinter.text(think))])])
        }
        if clientsOnServer { group["threads"] = .integer(Int64(min(load.threads, load.clients))) }
        tree["clients"] = group
        if let transaction { tree["transactions"] = .object(["measured": transaction.node]) }
        return tree
    }

    /// A rate in three digits: that of a nearly idle server must not become none.
    private static func threeDigits(_ rate: Double) -> Double {
        let scale = pow(10, floor(log10(max(rate, 1e-6))) - 2)
        return max((rate / scale).rounded() * scale, 1e-6)
    }

    private var settingsNode: JSONNode {
        var node = JSONNode(.object([]))
        for entry in settings {
            guard let definition = SettingTable.named(entry.name), definition.effect != nil else { continue }
            let text = definition.inScenario(entry.value, of: release)
            node[definition.name] = Int64(text).map(JSONNode.integer) ?? .string(text)
        }
        return node
    }

    private func hostNode(_ factors: Factors) -> JSONNode {
        var host = JSONNode.object(["cores": .integer(Int64(cores))])
        if factors.cpu != 1 {
            host["cpu"] = Self.cpuNode(times: factors.cpu)
            host["costs"] = Self.costsNode(times: factors.cpu)
        }
        host["storage"] = .object(["wal": deviceNode(factors)])
        return host
    }

    private func deviceNode(_ factors: Factors) -> JSONNode {
        var device = JSONNode.object(["sync": sync.node(times: factors.sync, cpu: factors.cpu)])
        if let ratio = sync.writeRatio {
            device["write"] = sync.node(times: factors.sync * ratio, cpu: factors.cpu)
        }
        return device
    }

    /// A machine like the server's.
    private func standbyNode(_ name: String, _ factors: Factors) -> JSONNode {
        .object([
            "name": .string(name), "on": "elsewhere", "storage": .object(["wal": deviceNode(factors)]),
        ])
    }

    /// As many standbys as commits wait for under some settings, those first that are named first.
    static func awaitedStandbys(_ settings: Settings, _ release: PostgresRelease) -> [String] {
        guard settings.maxWALSenders > 0, settings.synchronousCommit > .local,
            let config = try? SyncRepConfig.parse(settings.synchronousStandbyNames, release: release)
        else { return [] }
        var names: [String] = []
        for member in config.members where !names.contains(member) && member != "*" { names.append(member) }
        if config.members.contains("*") { names += (1...config.numSync).map { "standby\($0)" } }
        return Array(names.prefix(min(config.numSync, settings.maxWALSenders)))
    }

    /// Penalties of caches, idle states and switches: CPU time too.
    private static func cpuNode(times factor: Double) -> JSONNode {
        var node = JSONNode(.object([]))
        let keys = [
            "context_switch", "idle_exit_base", "idle_exit_growth", "cold_penalty", "eviction_penalty",
            "absence_penalty",
        ]
        for key in keys {
            guard let standard = HostSchema.cpuDefault(key) else { continue }
            node[key] = .string(DurationPrinter.text(standard * factor))
        }
        return node
    }

    private static func costsNode(times factor: Double) -> JSONNode {
        var node = JSONNode(.object([]))
        for work in Work.allCases {
            let (base, unit) = (Double(CostTable.measured[work].count), CostTable.measured.perUnit(work))
            guard base > 0 || unit > 0 else { continue }
            let time = JSONNode.string(DurationPrinter.text(base * factor))
            node[work.schemaName] =
                unit == 0
                ? time
                : .object([
                    "base": time, "per_unit": .string("\((unit * factor * 1_000).rounded() / 1_000)ns"),
                ])
        }
        return node
    }
}
