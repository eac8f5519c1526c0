import ArgumentParser
import HostModel
import Postgres
import SimTime

/// The parameters of the measured machine that calibration may move. Each has one value for all rows.
enum MachineParameters {
    /// A parameter and how to reach it in a host.
    struct Parameter {
        var name: String
        var get: (HostSpec) -> Double
        var set: (inout HostSpec, Double) -> Void
    }

    private static let costly: [Work] = [
        .execute, .receive, .reply, .postCommit, .commit, .recordAssembly, .xlogWrite, .wake, .clientPoll,
        .clientResult, .clientSend, .walSenderLoop, .walSend, .walReply, .walReceiverLoop, .walReceive,
        .walReceiverReply,
    ]

    /// Every parameter that the calibration may move: idle exit, core warmth, the rest of the CPU, costs of work.
    static var all: [Parameter] {
        [
            time("host.cpu.idle_poll", \.cpu.idlePoll),
            time("host.cpu.idle_exit_base", \.cpu.idleExitBase),
            time("host.cpu.idle_exit_growth", \.cpu.idleExitGrowth),
            time("host.cpu.cold_penalty", \.cpu.coldPenalty), time("host.cpu.cooling_time", \.cpu.coolingTime),
            time("host.cpu.warming_time", \.cpu.warmingTime),
            number("host.cpu.refetch_factor", \.cpu.refetch.factor, atLeast: 0),
            time("host.cpu.refetch_time", \.cpu.refetch.time),
            number("host.cpu.kick_factor", \.cpu.kick.factor, atLeast: 1),
            time("host.cpu.kick_cost", \.cpu.kick.cost),
            time("host.cpu.eviction_penalty", \.cpu.evictionPenalty),
            time("host.cpu.eviction_work", \.cpu.evictionWork),
            time("host.cpu.absence_penalty", \.cpu.absencePenalty), time("host.cpu.absence_time", \.cpu.absenceTime),
            fraction("host.cpu.jitter", \.cpu.jitter), fraction("host.cpu.cold_jitter", \.cpu.coldJitter),
            fraction("host.cpu.sibling_slowdown", \.cpu.siblingSlowdown),
            time("host.cpu.steal_interval", \.cpu.stealInterval), time("host.cpu.steal_time", \.cpu.stealTime),
            time("host.cpu.migration_cost", \.cpu.migrationCost),
            time("host.cpu.slice", \.cpu.slice), time("host.cpu.timer_slack", \.cpu.timerSlack),
        ] + costly.map(cost)
    }

    /// Sets a parameter from `name=value`, in nanoseconds (fractions as they are).
    static func apply(_ text: String, to host: inout HostSpec) throws {
        let parts = text.split(separator: "=")
        guard parts.count == 2, let value = Double(parts[1]), let parameter = all.first(where: { $0.name == parts[0] })
        else {
            let names = all.map(\.name).joined(separator: ", ")
            throw ValidationError("--start \(text): not NAME=NUMBER (names: \(names))")
        }
        parameter.set(&host, value)
    }

    private static func time(_ name: String, _ path: WritableKeyPath<HostSpec, Nanoseconds>) -> Parameter {
        Parameter(
            name: name, get: { Double($0[keyPath: path].count) },
            set: { $0[keyPath: path] = Nanoseconds(rounding: $1) })
    }

    /// A parameter of a mechanism that a machine may be without: then it reads 0, and stays out of a search.
    private static func time(_ name: String, _ path: WritableKeyPath<HostSpec, Nanoseconds?>) -> Parameter {
        Parameter(
            name: name, get: { Double($0[keyPath: path]?.count ?? 0) },
            set: { if $1 > 0 { $0[keyPath: path] = Nanoseconds(rounding: $1) } })
    }

    private static func fraction(_ name: String, _ path: WritableKeyPath<HostSpec, Double>) -> Parameter {
        Parameter(name: name, get: { $0[keyPath: path] }, set: { $0[keyPath: path] = min($1, 1) })
    }

    private static func number(
        _ name: String, _ path: WritableKeyPath<HostSpec, Double>, atLeast least: Double
    ) -> Parameter {
        Parameter(name: name, get: { $0[keyPath: path] }, set: { $0[keyPath: path] = max($1, least) })
    }

    private static func cost(_ work: Work) -> Parameter {
        Parameter(
            name: "host.costs.\(work)", get: { Double($0.costs[work].count) },
            set: { $0.costs[work] = Nanoseconds(rounding: $1) })
    }
}
