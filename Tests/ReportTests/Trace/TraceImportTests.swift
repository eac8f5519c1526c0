import Foundation
import SimTime
import Testing

/// What Perfetto's importer of this format (src/trace_processor/importers/json and common) asks of a trace, beyond the
/// format itself: else it drops slices and arrows, or puts them on the wrong track, without a word.
@Suite("A trace as Perfetto takes it")
struct TraceImportTests {
    typealias Event = TraceTests.Event

    /// One server, and two servers of which one is the other's standby.
    static let scenarios = ["commit-delay", "pgbench-insert-standby"]

    @Test("No number is 0, none names both a group and a track, and each track is in one group", arguments: scenarios)
    func numbers(_ scenario: String) throws {
        let events = try TraceTests.trace(of: scenario).events
        let groups = Set(events.map(\.group))
        let tracks = Dictionary(grouping: events.filter { $0.track != $0.group }, by: \.track)
        #expect(groups.count > 3 && tracks.count > 8)
        #expect(!groups.contains(0) && groups.isDisjoint(with: tracks.keys))
        for events in tracks.values { #expect(Set(events.map(\.group)).count == 1) }
    }

    @Test("Names and places come first, one of each for every group and track", arguments: scenarios)
    func metadata(_ scenario: String) throws {
        let events = try TraceTests.trace(of: scenario).events
        let metadata = events.prefix { $0.phase == "M" }
        #expect(metadata.count == events.count { $0.phase == "M" })
        for kind in ["process", "thread"] {
            let named = metadata.filter { $0.name == "\(kind)_name" }.map { kind == "process" ? $0.group : $0.track }
            let used = Set(
                events.filter { kind == "process" || $0.track != $0.group }.map {
                    kind == "process" ? $0.group : $0.track
                })
            #expect(named.count == used.count && Set(named) == used)
            #expect(metadata.count { $0.name == "\(kind)_sort_index" } == named.count)
        }
    }

    @Test("Times are microseconds with three decimals") func times() throws {
        let traced = try TraceTests.trace()
        let times = traced.text.matches(of: /"ts":([^,}]+)/)
        #expect(times.count == traced.events.count)
        #expect(times.allSatisfy { $0.output.1.wholeMatch(of: /[0-9]+\.[0-9]{3}/) != nil })
    }

    @Test(
        "In order of time each end has its beginning, and each arrow leads between two slices that are open then",
        arguments: scenarios)
    func slicesAndArrows(_ scenario: String) throws {
        let events = try TraceTests.trace(of: scenario).events
        var importer = Importer()
        for event in Importer.sorted(events) { importer.take(event) }
        #expect(importer.lost == 0 && importer.open == 0)
        #expect(importer.arrows > 50)
        let ids = events.filter { $0.phase == "s" }.compactMap(\.id)
        #expect(Set(ids).count == ids.count && importer.arrows == ids.count)
    }

    @Test("A window's edges cut slices, not arrows in two") func window() throws {
        let events = try TraceTests.trace(window: .milliseconds(5)..<Nanoseconds.milliseconds(8)).events
        var importer = Importer()
        for event in Importer.sorted(events) { importer.take(event) }
        #expect(importer.lost == 0 && importer.open == 0 && importer.arrows > 5)
        #expect(importer.arrows == events.count { $0.phase == "s" })
    }

    @Test("Every counter has one value, always a number of the same unit")
    func counters() throws {
        let counters = try TraceTests.trace().events.filter { $0.phase == "C" }
        #expect(counters.count > 100)
        for counter in counters {
            let values = try #require(counter.members["args"] as? [String: Any])
            #expect(values.count == 1 && values.values.allSatisfy { ($0 as? NSNumber)?.doubleValue.isFinite == true })
        }
        for named in Dictionary(grouping: counters, by: \.name).values {
            #expect(Set(named.map(\.group)).count == 1)
            #expect(Set(named.compactMap { ($0.members["args"] as? [String: Any])?.keys.first }).count == 1)
        }
    }
}

/// Follows open slices track by track, as the importer does: an arrow's end belongs to the innermost slice that is open
/// on its track, and is lost if there is none.
private struct Importer {
    private var stacks: [Int: [String]] = [:]
    private var begun: Set<Int> = []
    /// Arrows with both ends.
    private(set) var arrows = 0
    /// Ends without a beginning, of slices and of arrows, and ends of arrows on no slice.
    private(set) var lost = 0
    /// Slices that are still open.
    var open: Int { stacks.values.reduce(0) { $0 + $1.count } }

    /// Events of one time stay in the order of the file.
    static func sorted(_ events: [TraceTests.Event]) -> [TraceTests.Event] {
        events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }

    mutating func take(_ event: TraceTests.Event) {
        let isOnSlice = stacks[event.track]?.isEmpty == false
        switch event.phase {
        case "B": stacks[event.track, default: []].append(event.name)
        case "E": if isOnSlice { stacks[event.track]?.removeLast() } else { lost += 1 }
        case "s": if isOnSlice, let id = event.id { begun.insert(id) } else { lost += 1 }
        case "f":
            let bindsToEnclosing = event.members["bp"] as? String == "e"
            if isOnSlice, bindsToEnclosing, let id = event.id, begun.remove(id) != nil {
                arrows += 1
            } else {
                lost += 1
            }
        default: break
        }
    }
}
