import HostModel
import Instrumentation
import Postgres
import SimTime
import Statistics

@testable import Experiments

/// The law machine with standbys on it.
struct StandbyMachine {
    var law = LawMachine()
    var names = "b"
    var level = SynchronousCommit.on
    var standbys = ["b"]
    /// The standbys' syncs.
    var sync = Nanoseconds.milliseconds(5)
    /// Of the standbys' devices, in bytes a second; nil: not limited.
    var bandwidth: Double?
    /// To standbys elsewhere; nil: they are on the server.
    var roundTrip: Nanoseconds?
    var replayStalls: [StallSpec] = []
    /// Replay of a byte, in nanoseconds.
    var replayPerByte = 0.0
    var events: [EventSpec] = []
    var phases: [(name: String, until: Nanoseconds?)] = []

    init(clients: Int = 1) {
        law.clients = clients
        law.warmup = .milliseconds(100)
    }

    var scenario: Scenario {
        var law = law
        law.settings.synchronousStandbyNames = names
        law.settings.synchronousCommit = level
        var scenario = law.scenario
        scenario.host.cores = law.clients + 8
        scenario.standbys = standbys.enumerated().map { index, name in
            StandbySpec(
                name: name, host: roundTrip == nil ? 0 : index + 1, settings: law.settings,
                walDevice: DeviceSpec(
                    sync: try! .constant(sync), write: try! .constant(sync), stalls: [],
                    bandwidth: bandwidth),
                network: roundTrip.map { NetworkSpec(roundTrip: try! .constant($0)) }, replayStalls: replayStalls,
                replayPerByte: replayPerByte)
        }
        if roundTrip != nil { scenario.standbyHosts = standbys.map { _ in scenario.host } }
        scenario.events = events
        scenario.phases = phases.map { PhaseSpec(name: $0.name, end: $0.until.map { .until($0) } ?? .endOfRun) }
        return scenario
    }

    func run() throws -> RunResult { try Experiment.runOnce(scenario, seed: 1) }

    /// Adds a phase that ends at so many milliseconds, or with the run.
    mutating func phase(_ name: String, until milliseconds: Int64? = nil) {
        phases.append((name, milliseconds.map { .milliseconds($0) }))
    }

    /// Adds something that happens at so many milliseconds.
    mutating func at(_ milliseconds: Int64, _ action: EventSpec.Action) {
        events.append(EventSpec(at: .milliseconds(milliseconds), action: action))
    }
}

extension RunResult {
    func phase(_ name: String) -> SpanResult { phases.first { $0.name == name }! }
}
