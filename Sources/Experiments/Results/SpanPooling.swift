import Instrumentation
import SimTime
import Statistics

extension SpanResult {
    /// Adds another repeat's figures of the same span: sums, merged histograms, the longer gap.
    mutating func pool(_ other: SpanResult) {
        cpuUtilization = weighted(cpuUtilization, span, other.cpuUtilization, other.span)
        span += other.span
        transactions += other.transactions
        latency.merge(other.latency)
        longestCommitGap = max(longestCommitGap, other.longestCommitGap)
        longestAsyncWindow = max(longestAsyncWindow, other.longestAsyncWindow)
        commits += other.commits
        flushes += other.flushes
        walBytes += other.walBytes
        poolRows(&waitEvents, other.waitEvents, same: { $0.backendType == $1.backendType && $0.event == $1.event }) {
            $0.total += $1.total
            $0.waits.merge($1.waits)
        }
        poolRows(
            &attribution, other.attribution, same: { $0.event == $1.event && $0.holderActivity == $1.holderActivity }
        ) { $0.total += $1.total }
        poolRows(&walRecords, other.walRecords, same: { $0.type == $1.type }) {
            $0.count += $1.count
            $0.recordBytes += $1.recordBytes
            $0.fpiBytes += $1.fpiBytes
        }
        poolRows(&activity, other.activity, same: { $0.backendType == $1.backendType && $0.state == $1.state }) {
            $0.total += $1.total
        }
        pgStatWAL.add(other.pgStatWAL)
        pgStatCheckpointer.add(other.pgStatCheckpointer)
        replication.add(other.replication)
        poolRows(
            &walSenders, other.walSenders,
            same: { $0.server == $1.server && $0.applicationName == $1.applicationName }
        ) {
            $0.commits += $1.commits
            $0.counters.add($1.counters)
        }
        // As it stands at the end of the last.
        standbys = other.standbys
        poolRows(&flushGroups, other.flushGroups, same: { $0.least == $1.least }) { $0.flushes += $1.flushes }
        flushGroups.sort { $0.least < $1.least }
    }
}

private func weighted(_ a: Double, _ aSpan: Nanoseconds, _ b: Double, _ bSpan: Nanoseconds) -> Double {
    let total = aSpan.seconds + bSpan.seconds
    return total > 0 ? (a * aSpan.seconds + b * bSpan.seconds) / total : a
}

/// Adds each of `more` to the row it matches, or appends it: rows keep the order of first appearance.
private func poolRows<Row>(
    _ rows: inout [Row], _ more: [Row], same: (Row, Row) -> Bool, add: (inout Row, Row) -> Void
) {
    for row in more {
        if let index = rows.firstIndex(where: { same($0, row) }) {
            add(&rows[index], row)
        } else {
            rows.append(row)
        }
    }
}
