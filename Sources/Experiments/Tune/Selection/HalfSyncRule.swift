import Postgres

/// PostgreSQL's rule of thumb for commit_delay: half of what pg_test_fsync reports for one sync.
enum HalfSyncRule {
    static let path = "server.settings.commit_delay"
    private static let repeats = 10

    /// The rule's value for a scenario in microseconds.
    static func microseconds(_ scenario: Scenario) -> Int {
        let device = scenario.host.walDevice
        let isOpen = scenario.settings.walSyncMethod.syncsOnWrite
        // commit_delay takes no more than 100 ms.
        return Int(min(((isOpen ? device.write : device.sync).mean / 2_000).rounded(), 100_000))
    }

    /// The scenario as it is, but for commit_delay; nil if that is not varied or a constraint forbids the value.
    static func setting(_ space: SearchSpace, more: [String] = []) throws(InputError) -> TuneSetting? {
        guard let index = space.problem.axes.firstIndex(where: { $0.axis.path == path }) else { return nil }
        var values = space.current
        values[index] = "\(microseconds(try space.present().scenario))us"
        return try space.setting(values, more: more)
    }

    /// Whether the rule is right here: within the indifference zone of the best gain, and itself worth a change.
    static func verdict(
        _ space: SearchSpace, _ lab: TuneLab, from start: Int, bestGain: RelativeChange
    ) throws -> HalfSyncVerdict? {
        guard let setting = try setting(space) else { return nil }
        let number = lab.add(setting)
        let gain = try lab.gain(of: number, over: TuneLab.present, repeats: start..<start + repeats)
        let zone = space.problem.indifference
        let mean = gain.mean ?? 0
        return HalfSyncVerdict(
            microseconds: microseconds(setting.scenario), gain: gain,
            isRight: mean >= zone && mean >= (bestGain.mean ?? 0) - zone)
    }
}
