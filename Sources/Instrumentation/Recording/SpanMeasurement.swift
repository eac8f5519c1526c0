import SimTime
import Statistics
import WaitEvents

/// Ending spans: from counters to plain values.
extension Recorder {
    /// Where everything that is never reset stood at the start of a span.
    public struct SpanStart {
        let at: Instant
        let insertHead: UInt64
        let busy: Nanoseconds
        /// Time per cell of the ledgers, by backend type.
        let cells: [[Int128]]
    }

    /// Starts a span: the end of warm-up, and of each phase.
    public func beginSpan(_ now: Instant) -> SpanStart {
        settle(now)
        _ = attribution.drain(now, ledgers)
        span.pointee = SpanAccumulator(start: now, recordTypes: recordTypes.count)
        for server in flushGroups.indices { flushGroups[server].reset() }
        return SpanStart(
            at: now, insertHead: gauges.insertHead(), busy: gauges.busy(), cells: BackendType.allCases.map(sum))
    }

    /// From here on the longest time without a completed transaction is measured for the whole window.
    public func beginWindow(_ now: Instant) { totals.pointee.beginGaps(now) }

    /// The longest time without a completed transaction in the window so far.
    public func longestCommitGap(_ now: Instant) -> Nanoseconds { totals.pointee.longestGap(until: now) }

    /// What happened since `start`.
    public func endSpan(_ start: SpanStart, named name: String, _ now: Instant) -> SpanResult {
        settle(now)
        let length = now - start.at
        let capacity = Double(gauges.cores) * Double(max(length.count, 1))
        var result = SpanResult(
            name: name, span: length, transactions: span.pointee.transactions, latency: span.pointee.latency,
            longestCommitGap: max(span.pointee.longestGap, now - span.pointee.lastCompletion),
            commits: span.pointee.commits, flushes: span.pointee.flushes,
            walBytes: gauges.insertHead() - start.insertHead,
            cpuUtilization: Double((gauges.busy() - start.busy).count) / capacity,
            waitEvents: waitEventRows(since: start), attribution: attributionRows(now),
            walRecords: span.pointee.recordRows(recordTypes), activity: activityRows(since: start),
            pgStatWAL: span.pointee.pgStatWAL, flushGroups: flushGroupRows(),
            pgStatCheckpointer: span.pointee.checkpointer, longestAsyncWindow: span.pointee.longestAsyncWindow)
        result.replication = span.pointee.replication
        result.standbys = gauges.standbys()
        result.walSenders = gauges.standbyFacts().map(walSenderRow)
        return result
    }

    private func walSenderRow(_ standby: StandbyFacts) -> WalSenderRow {
        WalSenderRow(
            server: standby.serverName, applicationName: standby.name, commits: flushGroups[standby.server].commits,
            counters: span.pointee.walSenders[standby.walSender] ?? ReplicationCounters())
    }

    private func flushGroupRows() -> [FlushGroupRow] {
        let flushes = flushGroups.flatMap { $0.rows() }.reduce(into: [:]) {
            $0[$1.least...$1.most, default: 0] += $1.flushes
        }
        return flushes.map { FlushGroupRow(least: $0.lowerBound, most: $0.upperBound, flushes: $1) }
            .sorted { $0.least < $1.least }
    }

    /// Brings every process's account up to now.
    func settle(_ now: Instant) {
        for number in backendTypes.indices { ledgers[number].settle(now) }
    }

    /// Time per cell of the ledgers since a span's start.
    private func cells(_ type: BackendType, since start: SpanStart) -> [Int128] {
        zip(sum(type), start.cells[Int(type.rawValue)]).map { $0 - $1 }
    }

    private func attributionRows(_ now: Instant) -> [AttributionRow] {
        LockAttribution.rows(attribution.drain(now, ledgers), release)
    }

    /// Time per cell of the ledgers, summed over the processes of a type.
    func sum(_ type: BackendType) -> [Int128] {
        var sum = [Int128](repeating: 0, count: ProcessLedger.cellCount)
        for number in backendTypes.indices where backendTypes[number] == type {
            for cell in sum.indices { sum[cell] += Int128(ledgers[number].cells[cell]) }
        }
        return sum
    }

    /// The same with the time that is not accounted yet, which stays so: states that are told late keep their time.
    func sum(_ type: BackendType, until now: Instant) -> [Int128] {
        var sum = sum(type)
        for number in backendTypes.indices where backendTypes[number] == type {
            let ledger = ledgers[number]
            sum[Int(ledger.event.rawValue) * ActivityState.count + Int(ledger.state.rawValue)] +=
                Int128(max((now - ledger.since).count, 0))
        }
        return sum
    }

    private func waitEventRows(since start: SpanStart) -> [WaitEventRow] {
        var rows: [WaitEventRow] = []
        for type in BackendType.allCases where backendTypes.contains(type) {
            let cells = cells(type, since: start)
            var unreported = WaitEventRow(
                backendType: type, event: nil, total: .zero, waits: LatencyHistogram())
            for event in WaitEvent.allCases {
                let base = Int(event.rawValue) * ActivityState.count
                // The last state is that of processes that are none.
                let total = TotalTime(cells[base..<base + Int(ActivityState.absent.rawValue)].reduce(0, +))
                let waits = span.pointee.waits(type, event).pointee
                guard let name = event.name(in: release) else {
                    unreported.total += total
                    continue
                }
                guard total > .zero || waits.count > 0 else { continue }
                rows.append(WaitEventRow(backendType: type, event: name, total: total, waits: waits))
            }
            rows.append(unreported)
        }
        return rows
    }

    private func activityRows(since start: SpanStart) -> [ActivityRow] {
        BackendType.allCases.filter { backendTypes.contains($0) }.flatMap { type in
            let cells = cells(type, since: start)
            return ActivityState.allCases.filter { $0 != .absent }.map { state in
                let total = stride(from: Int(state.rawValue), to: cells.count, by: ActivityState.count)
                    .reduce(0) { $0 + cells[$1] }
                return ActivityRow(backendType: type, state: state, total: TotalTime(total))
            }
        }
    }
}
