import Experiments
import Instrumentation
import SimTime
import WaitEvents

/// The rows of each table, without the columns that name the run.

func metricRows(_ span: SpanResult) -> [[CSVField]] {
    Metric.all.filter { !$0.needsStandbys || span.hasStandbys }.map {
        [.text($0.name), .text($0.unit.rawValue), .optional($0.value(span))]
    }
}

func waitEventRow(_ row: WaitEventRow, in span: SpanResult) -> [CSVField] {
    let sessions = span.span > .zero ? Double(row.total.count) / Double(span.span.count) : 0
    let waits = row.waits
    return eventFields(row.backendType, row.event) + [
        .number(sessions), .integer(waits.count), .microseconds(row.total), .optional(waits.meanMicroseconds),
        .optional(waits.percentileMicroseconds(50)), .optional(waits.percentileMicroseconds(95)),
        .optional(waits.percentileMicroseconds(99)), .optional(waits.maxMicroseconds),
    ]
}

func histogramRows(_ row: WaitEventRow) -> [[CSVField]] {
    row.waits.buckets.filter { $0.count > 0 }.map { bucket in
        eventFields(row.backendType, row.event)
            + [.microseconds(bucket.lower), .microseconds(bucket.upper), .integer(bucket.count)]
    }
}

func sessionCountRow(_ row: SessionCountRow) -> [CSVField] {
    eventFields(row.backendType, row.event) + [.integer(UInt64(row.sessions)), .integer(row.samples)]
}

/// `t_us` is the start of the interval.
func timelineRows(_ timeline: Timeline) -> [[CSVField]] {
    let intervals = timeline.series.map(\.values.count).max() ?? 0
    return (0..<intervals).flatMap { index in
        timeline.series.filter { index < $0.values.count }.map { series in
            [
                .microseconds(timeline.interval * Int64(index)), .text(series.metric),
                .optional(series.values[index]),
            ]
        }
    }
}

func walRecordRows(_ span: SpanResult) -> [[CSVField]] {
    span.walRecords.map { row in
        [
            .text(span.name), .text(row.type), .integer(row.count), .integer(row.recordBytes),
            .integer(row.fpiBytes),
        ]
    }
}

/// One row a standby, in the order of the scenario.
func walSenderRows(_ span: SpanResult) -> [[CSVField]] {
    span.walSenders.map { row in
        let counters = row.counters
        let counts = [
            row.commits, counters.sends, counters.sentBytes, counters.sleeps, counters.replies, counters.releases,
            counters.queuesWoken, counters.released,
        ]
        return [.text(span.name), row.server.isEmpty ? .null : .text(row.server), .text(row.applicationName)]
            + counts.map { .integer($0) }
    }
}

private func eventFields(_ backendType: BackendType, _ event: WaitEventName?) -> [CSVField] {
    let name: [CSVField] = event.map { [.text($0.type.rawValue), .text($0.event)] } ?? [.null, .null]
    return [.text(backendType.name)] + name
}
