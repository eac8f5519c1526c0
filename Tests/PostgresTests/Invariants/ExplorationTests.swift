import Testing

@testable import Experiments

/// The invariants over many schedules of many small scenarios.
@Suite struct ExplorationTests {
    @Test("No invariant is broken in 240 schedules of random small scenarios")
    func randomScenarios() {
        let report = ScheduleExploration.run(ScheduleExploration.ids(count: 240, seed: 1, scenario: nil))
        #expect(report.failure == nil, "\(report.failure.map { "\($0.id): \($0.broken)" } ?? "")")
        #expect(report.schedules == 240)
        #expect(report.commits > 2_000)
    }

    @Test(
        "No invariant is broken in a bundled scenario",
        arguments: ["commit-delay", "small-wal-buffers", "async-commit"])
    func bundledScenario(name: String) throws {
        let scenario = try loadScenario(named: name)
        let ids = ScheduleExploration.ids(count: 2, seed: 1, scenario: scenario)
        let report = ScheduleExploration.run(ids, of: scenario)
        #expect(report.failure == nil, "\(report.failure.map { "\($0.id): \($0.broken)" } ?? "")")
        #expect(report.commits > 0)
    }

    @Test("A standby that comes back may say that it has more of its segment than it has been sent again")
    func standbyComesBack() throws {
        let result = ScheduleCheck(ScheduleID("903-3")!, of: nil).run()
        #expect(result.broken == nil, "\(result.broken.map { "\($0)" } ?? "")")
    }

    @Test("A broadcast ends, though who wakes sleeps again before the last sleeper is woken")
    func broadcastEnds() throws {
        let result = ScheduleCheck(ScheduleID("1624-0")!, of: nil).run()
        #expect(result.broken == nil, "\(result.broken.map { "\($0)" } ?? "")")
    }

    @Test("An id repeats its schedule, and another schedule of the same scenario runs differently")
    func ids() {
        let first = ScheduleCheck(ScheduleID(scenario: 5, schedule: 1), of: nil).run()
        let again = ScheduleCheck(ScheduleID("5-1")!, of: nil).run()
        let other = ScheduleCheck(ScheduleID(scenario: 5, schedule: 2), of: nil).run()
        #expect(first.digest == again.digest)
        #expect(first.steps == again.steps)
        #expect(first.digest != other.digest)
    }

    @Test("An id is two numbers", arguments: ["", "5", "5-", "-5", "5-1-2", "a-b", "5 - 1", "99999999999999999999-1"])
    func badIDs(text: String) {
        #expect(ScheduleID(text) == nil)
    }

    @Test("An exploration's ids are all different and depend on nothing but count and seed")
    func distinctIDs() {
        let ids = ScheduleExploration.ids(count: 500, seed: 3, scenario: nil)
        #expect(Set(ids).count == 500)
        #expect(ids == ScheduleExploration.ids(count: 500, seed: 3, scenario: nil))
    }
}
