import Foundation
import Report
import Testing

@testable import Experiments

@Suite("Running a sweep")
struct SweepRunTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("walsim-" + UUID().uuidString)
        .path

    private func store(model: String = "1") -> PointStore { PointStore(folder: folder, modelVersion: model) }

    @Test("Every repeat of every point has the metrics that a run of its scenario and seed has")
    func sameAsRuns() throws {
        let plan = try smallPlan(["clients.count=2,6"])
        let result = try Sweep.run(plan, points: plan.points)
        #expect(result.points.map(\.values) == [["2"], ["6"]])
        for (point, planned) in zip(result.points, plan.points) {
            let experiment = try Experiment.run(planned.scenario)
            #expect(point.repeats == experiment.repeats.map { RepeatMetrics($0) })
            #expect(point.repeats.map(\.seed) == [5, 6])
            #expect(point.estimate("tps") == experiment.whole.estimate("tps"))
        }
    }

    @Test("The file's bytes do not depend on how many runs go on at a time, nor on what was kept")
    func sameBytes() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let plan = try smallPlan(["clients.count=2,4,6", "server.settings.commit_delay=0,200"])
        let one = SweepTable.csv(of: try Sweep.run(plan, points: plan.points, jobs: 1))
        #expect(SweepTable.csv(of: try Sweep.run(plan, points: plan.points, store: store(), jobs: 3)) == one)
        let asked = Collected<Double>()
        let options = RunOptions(onProgress: { asked.append($0) })
        #expect(SweepTable.csv(of: try Sweep.run(plan, points: plan.points, store: store(), options: options)) == one)
        #expect(asked.all.isEmpty, "kept points ran again")
        #expect(one.split(separator: "\n").count == 1 + 6 * 2 * Metric.all.count)
        #expect(
            one.hasPrefix("clients.count,server.settings.commit_delay,label,sweep,point,scenario,scenario_hash,seed,"))
    }

    @Test("An interrupted sweep keeps its finished points whole and goes on to the same bytes")
    func interruption() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let plan = try smallPlan(["clients.count=2,3,4,5"])
        let whole = SweepTable.csv(of: try Sweep.run(plan, points: plan.points))
        let cut = try Sweep.run(
            plan, points: plan.points, store: store(), jobs: 1, options: StopAfter(9).options)
        #expect(cut.interrupted)
        #expect((1...3).contains(cut.points.count))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.count == cut.points.count && files.allSatisfy { $0.hasSuffix(".json") })
        let result = try Sweep.run(plan, points: plan.points, store: store())
        #expect(!result.interrupted)
        #expect(SweepTable.csv(of: result) == whole)
    }

    @Test("A kept point is used only by the same scenario, seeds and model, and only if it is whole")
    func keys() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let plan = try smallPlan(["clients.count=2"])
        let scenario = plan.points[0].scenario
        _ = try Sweep.run(plan, points: plan.points, store: store())
        #expect(store().finished(scenario)?.count == 2)
        #expect(store(model: "2").finished(scenario) == nil)
        #expect(store().finished(try smallPlan(["clients.count=3"]).points[0].scenario) == nil)
        #expect(store().finished(try smallPlan(["clients.count=2"], repeats: 3).points[0].scenario) == nil)
        let file = folder + "/" + (try FileManager.default.contentsOfDirectory(atPath: folder)[0])
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try String(text.dropLast(40)).write(toFile: file, atomically: true, encoding: .utf8)
        #expect(store().finished(scenario) == nil)
    }

    @Test("A folder that cannot be made ends the sweep")
    func cannotKeep() throws {
        let plan = try smallPlan(["clients.count=2"])
        let store = PointStore(folder: "/dev/null/points", modelVersion: "1")
        #expect(throws: (any Error).self) { try Sweep.run(plan, points: plan.points, store: store) }
    }
}
