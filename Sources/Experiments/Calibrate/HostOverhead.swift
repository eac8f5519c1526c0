import Instrumentation
import SimTime

/// What the simulated host adds to a device's time when one process alone writes and syncs.
///
/// A benchmark times its calls from before to after them, and so does the server: their means have the cost of the call,
/// of the write, and of coming back from an idle core in them, which the simulation adds to what the device takes.
struct HostOverhead {
    /// The scenario whose device and host are looked at.
    let draft: CalibratedScenario

    /// How many syncs the simulation has, about.
    private static let syncs = 1_000.0
    /// An idle core sleeps the deeper the longer the sync takes, so the second time finds a little less than the first.
    private static let steps = 2

    /// Nanoseconds a sync, with CPU costs as they are; nil if no simulation tells.
    func find(in lab: CalibrationLab) -> Double? {
        var sync = draft.sync
        guard sync.timing != .device else { return 0 }
        sync.overhead = 0
        for _ in 0..<Self.steps {
            guard let scenario = scenario(sync), let span = lab.spans(of: [scenario])?.first,
                let simulated = Self.mean(sync.timing, span)
            else { return nil }
            sync.overhead = max(simulated - sync.deviceMean(cpu: 1), 0)
        }
        return sync.overhead
    }

    /// One client that inserts rows, with settings at their defaults: some would have nobody wait for a sync.
    private func scenario(_ sync: SyncModel) -> Scenario? {
        var alone = draft
        alone.sync = sync
        alone.sync.writeRatio = nil
        // A rare stall would be there or not by chance.
        alone.sync.shape = .constant
        alone.settings = []
        alone.transaction = nil
        alone.think = nil
        alone.clientsOnServer = true
        let length = min(max(Self.syncs * (sync.mean + 100_000), 1e8), 1e10)
        let load = CalibratedScenario.Load(clients: 1, threads: 1, thinks: false)
        let tree = alone.node(.init(), load, duration: Nanoseconds(rounding: length))
        return try? loadScenario(text: tree.indentedText(), file: draft.name)
    }

    /// Nanoseconds of a sync as it would have been measured.
    private static func mean(_ timing: SyncModel.Timing, _ span: SpanResult) -> Double? {
        let wal = span.pgStatWAL
        guard wal.walSync > 0 else { return nil }
        let time = timing == .writeAndSync ? wal.walSyncTime + wal.walWriteTime : wal.walSyncTime
        return Double(time.count) / Double(wal.walSync)
    }
}
