import Foundation
import Testing

@testable import Experiments

/// A search over a scenario of some milliseconds.
private func tune(
    _ varied: [String], sets: [String] = [], maximize metric: String = "tps", subjectTo: [String] = [],
    seed: UInt64 = 1, indifference: Double = 0.02, clients: Bool = false, jobs: Int = 2
) throws -> TuneResult {
    let text = """
        {"name": "small", "duration": "40ms", "warmup": "5ms",
         "host": {"cores": 8, "storage": {"wal": {"sync": {"lognormal": {"mean": "1ms", "sigma": 0.1}}}}},
         "clients": {"count": 8}}
        """
    let source = ScenarioSource(name: "small.json", text: text)
    let problem = TuneProblem(
        base: SweepBase(source, ScenarioOverrides(sets: sets, seed: seed, repeats: 1), files: .none),
        axes: try varied.map { try TuneAxis(option: $0) },
        objective: try TuneObjective(metric, maximizes: !metric.hasPrefix("latency"), option: "--maximize"),
        requirements: try subjectTo.map { try ThresholdSpec(option: $0) }, indifference: indifference,
        repeatLimit: 40, searchesClients: clients)
    return try Tuner.run(problem, jobs: jobs)
}

@Suite("Tuning")
struct TunerTests {
    private let devices = [#"host.storage.wal.sync=1100us,900us,950us,1200us"#]

    @Test("The faster device, which is known to be best, is selected with every seed")
    func knownBest() throws {
        for seed in 1...5 {
            let result = try tune(devices, seed: UInt64(seed * 1_000))
            #expect(result.verdict == .change)
            #expect(result.candidates[result.best].values == ["900us"])
            let gain = try #require(result.gain.mean)
            #expect(gain > 0.05 && gain < 0.2, "\(gain)")
            #expect(result.gain.ci95?.contains(gain) == true)
            #expect(result.guarantee.contains("95 %"))
        }
    }

    @Test("The answer does not depend on how many runs go on at a time")
    func jobs() throws {
        let (one, three) = (try tune(devices, jobs: 1), try tune(devices, jobs: 3))
        #expect(one.gain == three.gain && one.best == three.best && one.simulations == three.simulations)
        #expect(one.candidates.map(\.objective) == three.candidates.map(\.objective))
    }

    @Test("Settings without effect are left alone, by a test of equivalence")
    func leave() throws {
        // With 8 clients all but one of them would have to be active.
        let result = try tune(
            ["server.settings.commit_delay=200,400,800"], sets: ["server.settings.commit_siblings=20"])
        #expect(result.verdict == .leave)
        #expect(result.best == 0 && result.candidates[0].values == ["0"])
        #expect(result.equivalencePValue < 0.05)
        #expect(result.configuration.isEmpty)
        #expect(result.halfSync?.microseconds == 500 && result.halfSync?.isRight == false)
    }

    @Test("A requirement rules out what breaks it, and none left is an answer of its own")
    func requirements() throws {
        let free = try tune(["clients.count=2,8,16"])
        #expect(free.candidates[free.best].values == ["16"])
        let p99 = try #require(free.candidates.first { $0.values == ["8"] }?.p99.mean)
        let bound = try tune(
            ["server.settings.commit_delay=0,3000", "clients.count=8"], subjectTo: ["latency_p99<=\(p99 * 1.2)us"])
        #expect(bound.candidates.contains { !$0.isFeasible && $0.values[0] == "3000" })
        #expect(bound.candidates[bound.best].values[0] != "3000")
        let impossible = try tune(["clients.count=2,8"], subjectTo: ["latency_p99<=1us"])
        #expect(impossible.verdict == .impossible)
    }

    @Test("A requirement that a setting is too near to is decided by the mean, and that is said")
    func nearRequirement() throws {
        let free = try tune(devices, subjectTo: ["latency_p99<=1s"])
        #expect(free.candidates.allSatisfy(\.feasibility.isCertain) && !free.guarantee.contains("too near"))
        // The mean of all repeats that are looked at; those of the selection are the same first ones.
        let p99 = try #require(free.candidates.first { $0.values == ["900us"] }?.p99.mean)
        let result = try tune(devices, subjectTo: ["latency_p99<=\(p99)us"])
        let near = try #require(result.candidates.first { $0.values == ["900us"] })
        #expect(!near.feasibility.isCertain)
        #expect(result.warnings.contains { $0.contains("cannot tell whether a requirement is met") })
        #expect(result.guarantee.hasSuffix("too near to tell"))
    }

    @Test("What is varied and differs becomes a line of postgresql.conf")
    func configuration() throws {
        let result = try tune(
            ["server.settings.commit_delay=0,2000", "server.settings.commit_siblings=5"],
            sets: ["server.settings.commit_delay=3000", "clients.count=16"])
        #expect(result.verdict == .change)
        #expect(result.configuration == ["commit_delay = 0  # was 3000us"])
    }

    @Test("A span is searched between its ends, beyond the values it begins with")
    func span() throws {
        // Latency falls with the round trip: the best is near one end, and values between the first ones are tried.
        let result = try tune(["host.network.round_trip=10us..2000us"], maximize: "latency_mean")
        let best = try #require(ValueRange("0us..1us:1us")?.number(of: result.candidates[result.best].values[0]))
        #expect(best <= 200)
        #expect(result.candidates.count > 5 && result.guarantee.contains("finalists"))
    }

    @Test("A search of a span looks where the requirements are met")
    func spanWithRequirement() throws {
        let result = try tune(
            ["server.settings.commit_delay=0..4000"], sets: ["server.settings.commit_delay=4000", "clients.count=16"],
            subjectTo: ["latency_p99<=3500us"])
        #expect(result.verdict == .change)
        let best = result.candidates[result.best]
        #expect(best.isFeasible && (best.p99.mean ?? .infinity) <= 3500)
    }

    @Test("Values of a span are round numbers between its ends")
    func spread() throws {
        #expect(try TuneAxis(option: "a=0..4000").axis.values == ["0", "1000", "2000", "3000", "4000"])
        let span = try #require(try ValueRange("1ms..4ms", stepIsOptional: true))
        #expect(span.spread(4) == ["1ms", "2ms", "3ms", "4ms"])
        #expect(span.middle("1ms", "4ms") == "3ms")
        #expect(span.middle("1ms", "2ms") == nil)
        #expect(try TuneAxis(option: "a=1,2..6:2").axis.values == ["1", "2", "4", "6"])
    }

    @Test("The numbers of clients with which a change pays are found")
    func clients() throws {
        let result = try tune(
            ["server.settings.commit_delay=0,300"], sets: ["server.settings.commit_siblings=5"], clients: true)
        let dependence = try #require(result.clients)
        #expect(dependence.present == 8)
        #expect(dependence.rows.map(\.clients) == [2, 4, 8, 16, 32])
        // The gate of commit_siblings is closed with few clients: nothing changes at all.
        #expect(dependence.rows[0].gain.mean == 0 && dependence.rows[1].gain.mean == 0)
        if let from = dependence.paysFrom { #expect(from > 4) }
    }

    @Test("Mistakes are told with their kind")
    func mistakes() throws {
        let kind = { (body: () throws -> TuneResult) in
            (try #require(throws: InputError.self) { _ = try body() }).kind
        }
        #expect(try kind { try tune(["clients.cuont=1,2"]) } == .content)
        #expect(try kind { try tune(["clients.count"]) } == .usage)
        #expect(try kind { try tune(["clients.count=8"]) } == .usage)
        #expect(try kind { try tune(["clients.count=2"], maximize: "tsp") } == .content)
        #expect(try kind { try tune(["clients.count=2"], subjectTo: ["latency_p99"]) } == .usage)
        #expect(try kind { try tune(["clients.count=2"], subjectTo: ["latency_p9<=1ms"]) } == .content)
        #expect(try kind { try tune(["clients.count=2"], subjectTo: ["latency_p99<=soon"]) } == .content)
    }

    @Test("The values of a scenario are found as --set would take them")
    func currentValues() throws {
        let base = SweepBase(
            ScenarioSource(
                name: "x", text: #"{"clients": {"count": 8}, "server": {"settings": {"commit_delay": "1ms"}}}"#))
        #expect(try base.value(at: "clients.count") == "8")
        #expect(try base.value(at: "server.settings.commit_delay") == "1000us")
        #expect(try base.value(at: "server.settings.synchronous_commit") == "on")
        #expect(try base.value(at: "warmup") == "2s")
        let sync = try base.value(at: "host.storage.wal.sync")
        #expect(
            try loadScenario(text: #"{"clients": {"count": 8}}"#, file: "y", sets: ["host.storage.wal.sync=\(sync)"])
                .host.walDevice.sync == loadScenario(text: #"{"clients": {"count": 8}}"#, file: "y").host.walDevice.sync
        )
    }
}
