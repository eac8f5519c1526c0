import Experiments
import Instrumentation

/// The published throughput of synchronous replication on a kernel with one mutex for all epoll sets, as a table of the
/// certificate.
enum PublishedReplicationTable {
    static let title = "Published synchronous replication, PostgreSQL 9.6 on 64 hardware threads"

    /// Scenario and published transactions a second, over all servers.
    private static let groups: [(scenario: String, tps: Double)] = [
        ("sync-rep-1-off", 300_000), ("sync-rep-1-local", 220_000), ("sync-rep-1-remote-write", 70_000),
        ("sync-rep-1-on", 70_000), ("sync-rep-1b-cpuset", 100_000), ("sync-rep-cpusets", 70_000),
        ("sync-rep-cpusets-shared", 100_000), ("sync-rep-2-batch10", 22_000), ("sync-rep-3-four-instances", 70_000),
        ("sync-rep-4-local-standbys", 70_000), ("sync-rep-5-eight-guests", 190_000),
    ]

    /// The scenario whose walsender was traced.
    private static let traced = "sync-rep-1-remote-write"

    static func make() throws -> TargetTable {
        var targets: [Target] = []
        for group in groups {
            let scenario = try loadScenario(named: group.scenario)
            let span = try Experiment.runOnce(scenario, seed: scenario.seed).whole
            let tps = Double(span.transactions) / span.span.seconds
            targets.append(
                Target(row: group.scenario, quantity: "tps", target: group.tps, result: tps, band: .within(0.15)))
            if group.scenario == traced, let row = span.walSenders.first { targets += ratios(row) }
        }
        return TargetTable(
            title: title,
            source: "Groups of a published measurement on Linux 2.6.32, each the scenario of its name: one set of "
                + "parameters for host and kernel. Ratios are of the calls of the synchronous standby's walsender.",
            targets: targets)
    }

    /// What the calls of the walsender that releases backends were counted to be.
    private static func ratios(_ walSender: WalSenderRow) -> [Target] {
        let ratios = [
            ("backends released a reply", 9.0, walSender.releasedPerReply),
            ("queues looked through a reply", 1.55, walSender.queuesPerReply),
            ("commits a send", 9.2, walSender.commitsPerSend),
            ("latch waits a send", 1.13, walSender.waitsPerSend),
        ]
        return ratios.map {
            Target(row: traced, quantity: $0, target: $1, result: $2 ?? .nan, band: .within(0.15))
        }
    }
}
