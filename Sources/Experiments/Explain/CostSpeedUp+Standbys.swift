import HostModel
import Postgres

/// What standbys cost their primary.
extension CostSpeedUp {
    /// Every standby's device and network, and the work of replication.
    static func standbys(of scenario: Scenario) -> [CostSpeedUp] {
        guard !scenario.standbys.isEmpty else { return [] }
        let each = scenario.standbys.indices.flatMap { index in
            let name = scenario.standbys[index].name
            return [
                CostSpeedUp(name: "WAL sync of standby \(name) (device)") { scaledSync(index, $0, $1) },
                CostSpeedUp(name: "network to standby \(name)") { scaledNetwork(index, $0, $1) },
            ]
        }
        return each + [streaming, replay]
    }

    private static func scaledSync(_ index: Int, _ scenario: Scenario, _ factor: Double) -> Scenario? {
        let standby = scenario.standbys[index]
        guard standby.settings.fsync else { return nil }
        var faster = scenario
        if standby.settings.walSyncMethod.syncsOnWrite {
            guard standby.walDevice.write.mean > 0 else { return nil }
            faster.standbys[index].walDevice.write = standby.walDevice.write.scaled(by: factor)
        } else {
            guard standby.walDevice.sync.mean > 0 else { return nil }
            faster.standbys[index].walDevice.sync = standby.walDevice.sync.scaled(by: factor)
        }
        return faster
    }

    private static func scaledNetwork(_ index: Int, _ scenario: Scenario, _ factor: Double) -> Scenario? {
        guard let network = scenario.standbys[index].network else { return nil }
        var faster = scenario
        faster.standbys[index].network = NetworkSpec(
            roundTrip: network.roundTrip.scaled(by: factor), bandwidth: network.bandwidth.map { $0 / factor })
        return faster
    }

    private static let streaming = works(
        "CPU of walsenders and walreceivers",
        [
            .walSenderLoop, .walRead, .walBufferRead, .walSend, .walReply, .walReceiverLoop, .walReceive,
            .walReceiverReply,
        ])

    private static let replay = CostSpeedUp(name: "replay") { scenario, factor in
        guard var faster = works("replay", [.replay]).apply(scenario, factor) else { return nil }
        for index in faster.standbys.indices {
            faster.standbys[index].replayPerByte = faster.standbys[index].replayPerByte.map { $0 * factor }
        }
        return faster
    }

    /// Work on the server and on the standbys' machines.
    private static func works(_ name: String, _ works: [Work]) -> CostSpeedUp {
        CostSpeedUp(name: name) { scenario, factor in
            guard var faster = scaledWorks(works, scenario, factor) else { return nil }
            for index in faster.standbyHosts.indices {
                for work in works {
                    let costs = scenario.standbyHosts[index].costs
                    faster.standbyHosts[index].costs[work] = scaled(costs[work], factor)
                    faster.standbyHosts[index].costs.setPerUnit(work, costs.perUnit(work) * factor)
                }
            }
            return faster
        }
    }
}
