import HostModel
import Postgres
import SimTime
import Statistics

/// A cost that a causal profile makes smaller, to see what it is worth.
struct CostSpeedUp: Sendable {
    /// What becomes faster, in words.
    let name: String
    /// The scenario with that cost `factor` as large; nil if the scenario has no such cost.
    let apply: @Sendable (Scenario, Double) -> Scenario?

    /// Every cost that a profile of a scenario tries.
    static func all(for scenario: Scenario) -> [CostSpeedUp] { server + standbys(of: scenario) }

    private static let server: [CostSpeedUp] =
        devices + [
            works("insertion-lock hold", [.recordCopy, .pageInit]),
            works("WAL write and sync calls", [.xlogWrite, .syncCall]),
            works(
                "statement CPU",
                [
                    .receive, .execute, .explicit, .utility, .snapshot, .reply, .indexInsert, .heapPrune, .lockWait,
                    .evalPlanQual,
                ]),
            works(
                "lightweight locks and spinlocks",
                [.lwLockAttempt, .lwLockQueue, .lwLockRelease, .spinHold, .spinProbe]),
            compression,
            works(
                "commit CPU",
                [.assignXid, .commit, .clogUpdate, .procArrayEnd, .postCommit, .recordAssembly, .xlogFlush]),
            wakeUps, clientCPU, roundTrip, commitDelay,
        ]

    private static let compression = CostSpeedUp(name: "compression of page images") { scenario, factor in
        guard scenario.settings.walCompression != .off, !scenario.tables.isEmpty else { return nil }
        return scaledWorks([.compressPglz, .compressLz4, .compressZstd], scenario, factor)
    }

    private static let devices = [
        CostSpeedUp(name: "WAL sync (device)") { scenario, factor in
            let settings = scenario.settings
            guard settings.fsync, !settings.walSyncMethod.syncsOnWrite else { return nil }
            return scaled(scenario, factor, \.host.walDevice.sync)
        },
        CostSpeedUp(name: "durable WAL write (device)") { scenario, factor in
            let settings = scenario.settings
            guard settings.fsync, settings.walSyncMethod.syncsOnWrite else { return nil }
            return scaled(scenario, factor, \.host.walDevice.write)
        },
        CostSpeedUp(name: "data files' device") { scenario, factor in
            guard !scenario.tables.isEmpty, scenario.host.dataDevice != nil,
                let faster = scaled(scenario, factor, \.host.dataDevice!.write)
            else { return nil }
            return scaled(faster, factor, \.host.dataDevice!.sync) ?? faster
        },
    ]

    private static let wakeUps = CostSpeedUp(name: "sleeping and waking") { scenario, factor in
        guard var faster = scaledWorks([.sleep, .wake, .wakeRunning], scenario, factor) else { return nil }
        faster.host.cpu.contextSwitch = scaled(faster.host.cpu.contextSwitch, factor)
        faster.host.cpu.idleExitBase = scaled(faster.host.cpu.idleExitBase, factor)
        faster.host.cpu.idleExitGrowth = scaled(faster.host.cpu.idleExitGrowth, factor)
        return faster
    }

    private static let clientCPU = CostSpeedUp(name: "pgbench's CPU") { scenario, factor in
        guard scenario.clients.contains(where: { $0.place == .server }) else { return nil }
        return scaledWorks([.clientPoll, .clientWake, .clientResult, .clientSend], scenario, factor)
    }

    private static let roundTrip = CostSpeedUp(name: "client round trip") { scenario, factor in
        guard scenario.clients.contains(where: { $0.place == .elsewhere }) else { return nil }
        return scaled(scenario, factor, \.host.roundTrip)
    }

    private static let commitDelay = CostSpeedUp(name: "commit_delay") { scenario, factor in
        // It is whole microseconds: of a shorter one the step would not be the one that gains are divided by.
        guard scenario.settings.commitDelay >= 100 else { return nil }
        var faster = scenario
        faster.settings.commitDelay = Int((Double(scenario.settings.commitDelay) * factor).rounded())
        return faster
    }

    private static func works(_ name: String, _ works: [Work]) -> CostSpeedUp {
        CostSpeedUp(name: name) { scaledWorks(works, $0, $1) }
    }

    static func scaledWorks(_ works: [Work], _ scenario: Scenario, _ factor: Double) -> Scenario? {
        var faster = scenario
        for work in works {
            faster.host.costs[work] = scaled(scenario.host.costs[work], factor)
            faster.host.costs.setPerUnit(work, scenario.host.costs.perUnit(work) * factor)
        }
        return faster.host.costs == scenario.host.costs ? nil : faster
    }

    private static func scaled(
        _ scenario: Scenario, _ factor: Double, _ path: WritableKeyPath<Scenario, Distribution>
    ) -> Scenario? {
        guard scenario[keyPath: path].mean > 0 else { return nil }
        var faster = scenario
        faster[keyPath: path] = scenario[keyPath: path].scaled(by: factor)
        return faster
    }

    static func scaled(_ time: Nanoseconds, _ factor: Double) -> Nanoseconds {
        Nanoseconds(rounding: Double(time.count) * factor)
    }
}
