import Instrumentation
import SimTime
import Testing
import WaitEvents

@testable import Experiments

@Suite("Explaining a run")
struct ExplanationTests {
    struct Explained {
        var result: ExperimentResult
        var explanation: Explanation
        var observer: ChainObserver
    }

    static func explain(_ name: String, _ sets: [String]) throws -> Explained {
        let scenario = try loadScenario(named: name, sets: sets + ["warmup=10ms", "repeats=1"])
        let watch = ExplanationWatch(scenario)
        var options = RunOptions()
        watch.watch(&options)
        let chains = watch.chains
        options.makeObserver = { _ in chains }
        let result = try Experiment.run(scenario, jobs: 1, options: options)
        return Explained(
            result: result, explanation: watch.explanation(of: result, profile: nil), observer: watch.chains)
    }

    @Test("Chains account for every active session exactly once")
    func chainsAddUp() throws {
        let found = try Self.explain("commit-delay", ["duration=40ms", "observe.timeline_interval=1s"])
        let total = found.explanation.run.chains.reduce(0) { $0 + $1.total.count }
        let whole = found.result.repeats[0].whole
        let active = whole.waitEvents.filter { $0.event.map { $0.type != .client && $0.type != .activity } ?? true }
            .reduce(0) { $0 + $1.total.count }
        #expect(abs(total - active) < 2_000_000, "\(total) against \(active)")
        let sessions = found.explanation.run.chains.reduce(0) { $0 + $1.sessions }
        #expect(abs(sessions - Double(active) / Double(whole.span.count)) < 0.1)
    }

    @Test("The longest chain of a sync-bound run leads from WALWrite to the sync, and agrees with the attribution")
    func longestChain() throws {
        let found = try Self.explain("commit-delay", ["duration=60ms", "server.settings.commit_delay=0"])
        let chain = try #require(found.explanation.run.chains.first)
        #expect(chain.process == "client backend" && chain.links == ["LWLock:WALWrite", "IO:WALSync"])
        let attributed = found.result.repeats[0].whole.attribution
            .filter { $0.event.description == "LWLock:WALWrite" && $0.holderActivity.name == "IO:WALSync" }
            .reduce(0) { $0 + $1.total.count }
        #expect(abs(Double(chain.total.count) / Double(attributed) - 1) < 0.02)
    }

    @Test("A sleep in commit_delay shows at the end of the chain")
    func commitDelay() throws {
        let found = try Self.explain("commit-delay", ["duration=40ms", "server.settings.commit_delay=1000"])
        let chains = found.explanation.run.chains.map { $0.links.joined(separator: " < ") }
        #expect(chains.prefix(4).contains("LWLock:WALWrite < commit_delay"))
    }

    @Test("The slowest commit's steps follow each other without a gap and fill its whole time")
    func slowestCommit() throws {
        let found = try Self.explain("commit-delay", ["duration=60ms"])
        let path = try #require(found.explanation.run.slowest)
        var at = Nanoseconds.zero
        for step in path.steps {
            #expect(step.at == at && step.length > .zero)
            at = at + step.length
        }
        #expect(at == path.length)
        #expect(path.steps.contains { $0.doing == "LWLock:WALWrite" && !$0.because.isEmpty })
        // What the client saw is that and its way to and from the server.
        let slowest = try #require(found.result.repeats[0].whole.latency.max)
        #expect(path.length <= slowest && path.length.seconds > 0.5 * slowest.seconds)
    }

    @Test("Folded stacks have a line a stack with whole microseconds, and hold the time of the chains")
    func foldedStacks() throws {
        let found = try Self.explain("commit-delay", ["duration=40ms"])
        let lines = found.explanation.run.foldedStacks.split(separator: "\n")
        #expect(lines.count > 5)
        var total = 0
        for line in lines {
            let space = try #require(line.lastIndex(of: " "))
            total += try #require(Int(line[line.index(after: space)...]))
            #expect(line.hasPrefix("client backend;") || line.hasPrefix("walwriter;"))
        }
        let chains = found.explanation.run.chains.reduce(0) { $0 + $1.total.count } / 1_000
        #expect(abs(total - Int(chains)) <= lines.count * 2)
    }

    @Test("A sampler of one second sees nothing of a run of half a second; one of 10 ms sees its sessions")
    func observers() throws {
        let found = try Self.explain("steady-commit", ["duration=500ms"])
        let views = found.explanation.observers.views
        #expect(views.count == 4)
        let looks = try #require(views[1].looks)
        #expect(looks >= 49 && looks <= 50 && views[0].looks == nil)
        #expect(abs(views[1].meanActive / views[0].meanActive - 1) < 0.15)
        #expect(views[2].looks == 0 && views[2].peakActive == 0)
        #expect(views[3].looks == 1 && views[3].peakActive <= views[0].peakActive)
        #expect(views[1].top?.event == views[0].top?.event)
        #expect(!views[2].unseen.isEmpty)
        #expect(found.explanation.observers.slowest! >= found.explanation.observers.p99!)
    }

    @Test("A faster sync is worth nearly its share of the time in a sync-bound run, a faster insertion nothing")
    func elasticity() throws {
        let sets = [
            "duration=150ms", "warmup=20ms", "repeats=3", "server.settings.commit_delay=0",
            "host.storage.wal.sync={\"constant\":\"2ms\"}",
        ]
        let scenario = try loadScenario(named: "commit-delay", sets: sets)
        let base = try Experiment.run(scenario)
        let profile = try CausalProfile.run(scenario, base: base.repeats)
        #expect(profile.repeats == 3 && !profile.interrupted)
        #expect(profile.rows[0].cost == "WAL sync (device)")
        let sync = try #require(profile.rows[0].throughput.mean)
        #expect(sync > 0.7 && sync < 1)
        #expect(profile.rows[0].throughput.ci95 != nil)
        let insertion = try #require(profile.rows.first { $0.cost.hasPrefix("insertion") })
        #expect(abs(insertion.throughput.mean ?? 1) < 0.2)
        #expect(!profile.rows.contains { $0.cost == "commit_delay" || $0.cost == "durable WAL write (device)" })
    }

    @Test("A gain that was found with a step of ten per cent holds for one")
    func step() throws {
        let sets = ["duration=2s", "warmup=100ms", "repeats=1", "clients.count=1"]
        let scenario = try loadScenario(named: "steady-commit", sets: sets)
        let base = try Experiment.run(scenario).repeats
        func gain(_ speedUp: Double) throws -> Double {
            let rows = try CausalProfile.run(scenario, base: base, speedUp: speedUp).rows
            return try #require(rows.first { $0.cost == "WAL sync (device)" }?.throughput.mean)
        }
        let (one, ten) = (try gain(0.01), try gain(0.1))
        #expect(one > 0.6 && abs(ten / one - 1) < 0.03, "\(one), \(ten)")
    }
}
