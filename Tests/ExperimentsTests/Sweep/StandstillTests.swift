import Foundation
import Testing

@testable import Experiments

@Suite("Runs that came to a standstill are compared with nothing")
struct StandstillTests {
    /// Commits wait for a standby that is lost for good, in a phase that counts them.
    private let base = SweepBase(
        ScenarioSource(
            name: "lost.json",
            text: """
                {"name": "lost", "warmup": "0s", "repeats": 2,
                 "server": {"settings": {"synchronous_standby_names": "b"}}, "standbys": [{"name": "b"}],
                 "clients": {"count": 2}, "phases": [{"name": "run 1", "transactions": 1000}],
                 "events": [{"at": "20ms", "do": "stop standby", "name": "b"}]}
                """), files: .none)

    private func check(_ error: InputError) {
        #expect(error.kind == .content)
        #expect(error.description.hasPrefix("lost: no transaction has completed for 600s: 2 backends wait"), "\(error)")
    }

    @Test("A sweep names the reason and keeps no such point")
    func sweep() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("walsim-" + UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let plan = try SweepPlan(base, axes: [SweepAxis(option: "clients.count=2")], constraints: [], label: nil)
        let store = PointStore(folder: folder, modelVersion: "1")
        check(
            try #require(throws: InputError.self) {
                _ = try Sweep.run(plan, points: plan.points, store: store, jobs: 1)
            })
        #expect(store.finished(plan.points[0].scenario) == nil)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("A search names the reason and gives no answer")
    func tune() throws {
        let problem = TuneProblem(
            base: base, axes: [try TuneAxis(option: "server.settings.commit_delay=0,100")],
            objective: try TuneObjective("tps", maximizes: true, option: "--maximize"), requirements: [],
            indifference: 0.02, repeatLimit: 40, searchesClients: false)
        check(try #require(throws: InputError.self) { _ = try Tuner.run(problem, jobs: 1) })
    }
}
