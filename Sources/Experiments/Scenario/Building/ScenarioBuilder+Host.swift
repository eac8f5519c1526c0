import HostModel
import Postgres
import SimTime
import Statistics

extension ScenarioBuilder {
    mutating func hostSpec() -> HostSpec {
        let host = root.child("host")
        let path = SchemaPath("host")
        let network = host.child("network")
        var spec = HostSpec(
            cores: Int(host.child("cores").integer), cpu: Self.cpuSpec(host.child("cpu")),
            costs: Self.costTable(host.child("costs")),
            walDevice: deviceSpec(host.child("storage").child("wal"), at: path / "storage" / "wal"),
            dataDevice: host.child("storage")["data"].map { deviceSpec($0, at: path / "storage" / "data") },
            roundTrip: distribution(network.child("round_trip"), at: path / "network" / "round_trip"),
            background: host.child("background").list.map {
                BackgroundWorkSpec(
                    name: $0.child("name").text, every: $0.child("every").nanoseconds, cpu: $0.child("cpu").nanoseconds)
            })
        place(on: &spec, host)
        return spec
    }

    private static func cpuSpec(_ cpu: JSONNode) -> CPUSpec {
        CPUSpec(
            scheduler: cpu.child("scheduler").choice(CPUSpec.Scheduler.self),
            slice: cpu.child("slice").nanoseconds, migrationCost: cpu["migration_cost"]?.nanoseconds,
            wakeupPreemption: cpu["wakeup_preemption"]?.choice(CPUSpec.WakeupPreemption.self) ?? .on,
            autogroup: cpu["autogroup"]?.choice(CPUSpec.Autogroup.self) ?? .off,
            messageWakeup: cpu["message_wakeup"]?.choice(CPUSpec.MessageWakeup.self) ?? .reader,
            contextSwitch: cpu.child("context_switch").nanoseconds,
            idlePoll: cpu.child("idle_poll").nanoseconds, idleExitBase: cpu.child("idle_exit_base").nanoseconds,
            idleExitGrowth: cpu.child("idle_exit_growth").nanoseconds,
            coldPenalty: cpu.child("cold_penalty").nanoseconds, coolingTime: cpu.child("cooling_time").nanoseconds,
            warmingTime: cpu.child("warming_time").nanoseconds,
            refetch: .init(
                factor: cpu.child("refetch_factor").real, time: cpu.child("refetch_time").nanoseconds),
            kick: .init(factor: cpu.child("kick_factor").real, cost: cpu.child("kick_cost").nanoseconds),
            evictionPenalty: cpu.child("eviction_penalty").nanoseconds,
            evictionWork: cpu.child("eviction_work").nanoseconds,
            absencePenalty: cpu.child("absence_penalty").nanoseconds,
            absenceTime: cpu.child("absence_time").nanoseconds, jitter: cpu.child("jitter").real,
            coldJitter: cpu["cold_jitter"]?.real,
            threadsPerCore: Int(cpu["threads_per_core"]?.integer ?? 1),
            coresPerNode: cpu["cores_per_node"].map { Int($0.integer) } ?? .max,
            siblingSlowdown: cpu.child("sibling_slowdown").real,
            stealInterval: cpu.child("steal_interval").nanoseconds, stealTime: cpu.child("steal_time").nanoseconds,
            timerSlack: cpu.child("timer_slack").nanoseconds)
    }

    private static func costTable(_ costs: JSONNode) -> CostTable {
        var table = CostTable.measured
        for work in Work.allCases {
            let cost = costs.child(work.schemaName)
            table[work] = cost.child("base").nanoseconds
            table.setPerUnit(work, cost.child("per_unit").real)
        }
        return table
    }

    mutating func deviceSpec(_ device: JSONNode, at path: SchemaPath) -> DeviceSpec {
        let sync = distribution(device.child("sync"), at: path / "sync")
        // A write that was left out is a copy of `sync`, whose problems are reported once.
        let isCopy = device.child("write").canonicalText == device.child("sync").canonicalText
        let write = isCopy ? sync : distribution(device.child("write"), at: path / "write")
        return DeviceSpec(
            sync: sync, write: write,
            stalls: stallSpecs(device.child("stalls"), at: path / "stalls"),
            bandwidth: device["bandwidth"].map { Double($0.integer) },
            queueDepth: Int(device.child("queue_depth").integer))
    }

    mutating func stallSpecs(_ list: JSONNode, at path: SchemaPath) -> [StallSpec] {
        list.list.enumerated().map { index, stall in
            let place = path / index
            let lasting = distribution(stall.child("for"), at: place / "for")
            if let every = stall["every"] {
                let pause = distribution(every, at: place / "every")
                if pause.mean < 1_000 {
                    report(
                        place / "every", "stalls must have a pause between them",
                        notes: ["seen a mean of \(pause.mean / 1_000) us", "allowed: 1us or more"])
                }
                return .every(pause, lasting: lasting)
            }
            return .at(stall.child("at").nanoseconds, lasting: lasting)
        }
    }
}
