import Instrumentation
import SimTime

/// What the simulated host adds to a device's time when one process alone writes and syncs.
///
/// A benchmark times its calls from before to after them, and so does the server: their means have the cost of the
/// call, of the write, and of coming back from an idle core in them, which the simulation adds to the device's time.
struct HostOverhead {
    /// The scenario whose device and host are looked at.
    let draft: CalibratedScenario

    /// How many syncs the simulation has, about.
    private static let syncs = 1_000.0
    /// How far off a simulated mean may be.
    private static let tolerance = 0.005
    /// How often a span of latencies is halved.
    private static let halvings = 8

    /// Nanoseconds a sync, with CPU costs as they are; nil if no simulation tells.
    ///
    /// Nearly always what a second simulation finds is right. Where the latency is just that from on which an idle core
    /// sleeps deeper, the simulated mean leaps over the measured one; then the nearer side of the leap is taken.
    func find(in lab: CalibrationLab) -> Double? {
        let measured = draft.sync.mean
        guard draft.sync.timing != .device else { return 0 }
        func excess(_ overhead: Double) -> Double? {
            var sync = draft.sync
            sync.overhead = overhead
            guard let scenario = scenario(sync), let span = lab.spans(of: [scenario])?.first else { return nil }
            return Self.mean(sync.timing, span).map { $0 - measured }
        }
        guard let whole = excess(0) else { return nil }
        var (few, many) = ((overhead: 0.0, excess: whole), (overhead: max(whole, 0), excess: 0.0))
        guard let rest = excess(many.overhead) else { return nil }
        many.excess = rest
        for _ in 0..<Self.halvings where many.excess < -Self.tolerance * measured {
            let middle = (few.overhead + many.overhead) / 2
            guard let rest = excess(middle) else { return nil }
            if rest > 0 { few = (middle, rest) } else { many = (middle, rest) }
        }
        return abs(few.excess) < abs(many.excess) ? few.overhead : many.overhead
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
