import HostModel
import Instrumentation
import Postgres
import SimTime
import Statistics
import WaitEvents

@testable import Experiments

/// A machine on which the laws of group commit can be computed by hand: a core for each process, every wake-up takes
/// `wakeUp`, every step of CPU work takes `step`, and posts are free. Only the network is random: clients that came
/// back at the very same instant would queue for every lock on their way.
///
/// A follower is awake before a released client is back (`wakeUp` is far below `turnaround`): the law of N/2 depends
/// on that order.
struct LawMachine {
    var clients = 2
    var sync = Nanoseconds.milliseconds(5)
    /// A write that must reach the device.
    var write = Nanoseconds.milliseconds(5)
    /// From a backend's reply until it runs with the client's next message on average: the round trip and a wake-up.
    var turnaround = Nanoseconds.microseconds(50)
    /// From a process's being made ready until it runs.
    var wakeUp = Nanoseconds.microseconds(5)
    /// Every other piece of CPU work.
    var step = Nanoseconds(50)
    /// What a releaser pays for each process that it wakes.
    var post = Nanoseconds.zero
    /// What waking a halted core from another one costs.
    var kick = CPUSpec.Kick.none
    var release = PostgresRelease.v16
    var settings = Settings()
    var think = Distribution.zero
    var transaction = LawMachine.insert(rows: 1)
    /// Segments that wait for their use at the start; nil: enough of them.
    var recycledSegments: Int?
    var events: [EventSpec] = []
    var warmup = Nanoseconds.milliseconds(100)
    var duration = Nanoseconds.seconds(1)

    /// From the start of one flush to that of the next while others wait: the device, the leader's wake-up from it,
    /// the next leader's from the lock, and the steps of XLogFlush in between.
    var cycle: Nanoseconds { sync + wakeUp * 2 + step * Self.stepsBetweenFlushes }

    /// Of the next leader: two spinlocks, its attempt at the lock, the calls of write and sync; of the present one:
    /// publishing, releasing, and the queue's lock.
    private static let stepsBetweenFlushes: Int64 = 8

    /// A transaction of one client that nobody disturbs: its turnaround, the device, and its wake-up from that.
    var latencyAlone: Nanoseconds { turnaround + sync + wakeUp }

    /// One statement that writes `rows` records of one type.
    static func insert(rows: Int, type: String = "Heap/INSERT", length: Int = 119) -> TransactionSpec {
        let record = RecordSpec(type: type, length: length, every: 1, cpu: .zero, page: nil)
        let statement = StatementSpec(
            name: "insert", times: 1, cpu: nil, records: Array(repeating: record, count: rows))
        return TransactionSpec(name: "insert", statements: [statement])
    }

    /// What one run on this machine measures.
    func run() throws -> SpanResult { try Experiment.runOnce(scenario, seed: 1).whole }

    var scenario: Scenario {
        Scenario(
            name: "law", description: "", seed: 1, duration: duration, warmup: warmup, repeats: 1, release: release,
            settings: settings, recycledSegments: recycledSegments, host: host, clients: [group], tables: [],
            transactions: [transaction],
            observe: ObserveSpec(sampleInterval: .milliseconds(10), timelineInterval: .seconds(1)),
            phases: [], events: events, thresholds: [], warnings: [], canonicalHash: "")
    }

    var clusterSpec: ClusterSpec { scenario.clusterSpec(seed: 1) }

    private var group: ClientGroupSpec {
        ClientGroupSpec(
            name: "clients", count: clients, load: .closed, think: think, transaction: 0, place: .elsewhere, threads: 1)
    }

    /// One for each session and one for the walwriter.
    var cores: Int { clients + 1 }

    private var host: HostSpec {
        HostSpec(
            cores: cores, cpu: cpu, costs: costs,
            walDevice: DeviceSpec(sync: constant(sync), write: constant(write), stalls: []),
            roundTrip: try! .uniform(min: wakeUp * 2, max: (turnaround - wakeUp * 2) * 2), background: [])
    }

    private var cpu: CPUSpec {
        CPUSpec(
            scheduler: .eevdf, slice: .milliseconds(3), contextSwitch: wakeUp, idleExitBase: .zero,
            idleExitGrowth: .zero, coldPenalty: .zero, coolingTime: .seconds(1), warmingTime: .seconds(1),
            kick: kick, evictionPenalty: .zero, evictionWork: .seconds(1), absencePenalty: .zero,
            absenceTime: .seconds(1), jitter: 0, siblingSlowdown: 0, timerSlack: .zero)
    }

    private var costs: CostTable {
        var costs = CostTable.measured
        for work in Work.allCases where work != .explicit {
            costs[work] = step
            costs.setPerUnit(work, 0)
        }
        costs[.wake] = post
        costs[.wakeRunning] = .zero
        return costs
    }

    private func constant(_ time: Nanoseconds) -> Distribution { try! .constant(time) }
}

extension SpanResult {
    /// Sessions of client backends in an event on average.
    func sessions(in event: String) -> Double {
        let total = waitEvents.first { $0.backendType == .clientBackend && $0.event?.description == event }?.total
        return Double((total ?? .zero).count) / Double(span.count)
    }

    var tps: Double { Double(transactions) / span.seconds }
    var commitsPerFlush: Double { Double(commits) / Double(flushes) }
}

/// Whether `value` lies within `share` of `expected`.
func isWithin(_ share: Double, _ value: Double, of expected: Double) -> Bool {
    abs(value - expected) <= share * abs(expected)
}
