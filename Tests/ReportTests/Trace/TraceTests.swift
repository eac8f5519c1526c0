import Foundation
import Instrumentation
import SimTime
import Testing
import WaitEvents

@testable import Experiments
@testable import Report

@Suite("A trace")
struct TraceTests {
    /// One event as a viewer reads it.
    struct Event {
        var phase: String
        var track: Int
        var group: Int
        /// Microseconds.
        var time: Double
        var name: String
        var id: Int?
        var members: [String: Any]
    }

    struct Traced {
        var result: RunResult
        var events: [Event]
        var other: [String: String]
        /// The file.
        var text: String
    }

    /// A short run with its trace.
    static func trace(
        of name: String = "commit-delay", window: Range<Nanoseconds>? = nil, sets: [String] = []
    ) throws -> Traced {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let scenario = try scenario(sets, named: name)
        let recording = try TraceRecording(into: #require(fopen(path, "w")), path: path, window: window)
        let options = RunOptions(makeObserver: { _ in recording })
        let result = try Experiment.runOnce(scenario, seed: 1, options: options)
        try recording.close([("scenario", "a \"name\"")])
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let events = try #require(object["traceEvents"] as? [[String: Any]])
        return Traced(
            result: result, events: events.map(event), other: object["otherData"] as? [String: String] ?? [:],
            text: String(decoding: data, as: UTF8.self))
    }

    private static func scenario(_ sets: [String], named name: String = "commit-delay") throws -> Scenario {
        let short = ["duration=30ms", "warmup=10ms", "server.settings.commit_delay=300"]
        return try loadScenario(named: name, sets: short + sets)
    }

    private static func event(_ object: [String: Any]) -> Event {
        Event(
            phase: object["ph"] as? String ?? "", track: object["tid"] as? Int ?? -1,
            group: object["pid"] as? Int ?? -1,
            time: (object["ts"] as? NSNumber)?.doubleValue ?? .nan, name: object["name"] as? String ?? "",
            id: object["id"] as? Int, members: object)
    }

    @Test("Observing a run changes nothing in it")
    func changesNothing() throws {
        let plain = try Experiment.runOnce(Self.scenario([]), seed: 1)
        let traced = try Self.trace()
        #expect(traced.result.digest == plain.digest && traced.result.wakeups == plain.wakeups)
        #expect(traced.other["scenario"] == "a \"name\"")
    }

    @Test("On every track times never go back, and slices nest: what begins last ends first, nothing stays open")
    func slicesNest() throws {
        let traced = try Self.trace()
        let tracks = Dictionary(grouping: traced.events.filter { ["B", "E"].contains($0.phase) }, by: \.track)
        #expect(tracks.count == traced.result.processes.values.reduce(0, +))
        for events in tracks.values {
            #expect(zip(events, events.dropFirst()).allSatisfy { $0.time <= $1.time })
            var depth = 0
            for event in events {
                depth += event.phase == "B" ? 1 : -1
                #expect((0...2).contains(depth))
            }
            #expect(depth == 0)
        }
    }

    @Test("Slices of each wait event add up to its accounting, to the nanosecond")
    func slicesAddUp() throws {
        let traced = try Self.trace()
        var total: [String: Double] = [:]
        for events in Dictionary(grouping: traced.events.filter { ["B", "E"].contains($0.phase) }, by: \.track).values {
            var open: [Event] = []
            for event in events {
                if event.phase == "B" {
                    open.append(event)
                } else {
                    let begun = open.removeLast()
                    total[begun.name, default: 0] += event.time - begun.time
                }
            }
        }
        let rows = traced.result.whole.waitEvents.filter { $0.event != nil }
        for name in Set(rows.compactMap { $0.event?.description }) {
            let expected = rows.filter { $0.event?.description == name }.reduce(0) { $0 + $1.total.microseconds }
            #expect(abs((total[name] ?? 0) - expected) < 0.01, "\(name)")
        }
        #expect(total["commit_delay"] ?? 0 > 1_000)
        let ready = traced.result.whole.activity.filter { $0.state == .ready }.reduce(0) { $0 + $1.total.microseconds }
        #expect(abs((total["ready"] ?? 0) - ready) < 0.01)
    }

    @Test("Each arrow leads from one track to another, forward in time, and each of its ends lies on a slice")
    func arrows() throws {
        let traced = try Self.trace()
        let arrows = Dictionary(grouping: traced.events.filter { ["s", "f"].contains($0.phase) }, by: \.id)
        #expect(arrows.count > 100)
        let tracks = Dictionary(grouping: traced.events.filter { ["B", "E"].contains($0.phase) }, by: \.track)
        for arrow in arrows.values {
            #expect(arrow.map(\.phase) == ["s", "f"])
            #expect(arrow[0].track != arrow[1].track && arrow[0].time <= arrow[1].time)
            for end in arrow {
                let slices = tracks[end.track] ?? []
                let first = slices.first?.time ?? .infinity
                let last = slices.last?.time ?? -.infinity
                #expect(first <= end.time && end.time <= last)
            }
        }
    }

    @Test("Counters follow queues, CPU and WAL: positions never fall, insert before write before flush")
    func counters() throws {
        let traced = try Self.trace()
        let counters = traced.events.filter { $0.phase == "C" }
        let names = Set(counters.map(\.name))
        let positions = ["WAL insert", "WAL write", "WAL flush"]
        #expect(names.isSuperset(of: ["queue for LWLock:WALWrite", "running", "ready"] + positions))
        var standing: [String: Double] = [:]
        for counter in counters where positions.contains(counter.name) {
            let value = try #require((counter.members["args"] as? [String: Double])?["kB"])
            #expect(value >= standing[counter.name] ?? 0)
            standing[counter.name] = value
        }
        let (insert, flush) = (standing["WAL insert"] ?? 0, standing["WAL flush"] ?? 0)
        #expect(insert >= flush && flush > 0)
        #expect(abs(insert * 1024 - Double(traced.result.whole.walBytes)) < 0.2 * insert * 1024)
        let commits = traced.events.filter { $0.phase == "i" && $0.name == "commit" }.count
        #expect(UInt64(commits) == traced.result.whole.commits)
    }

    @Test("A window shows its part and nothing else")
    func window() throws {
        let traced = try Self.trace(window: .milliseconds(5)..<Nanoseconds.milliseconds(6))
        let shown = traced.events.filter { $0.phase != "M" }
        #expect(shown.count > 50)
        #expect(shown.allSatisfy { (5_000...6_000).contains($0.time) })
        let slices = shown.filter { ["B", "E"].contains($0.phase) }
        #expect(slices.count { $0.phase == "B" } == slices.count { $0.phase == "E" })
    }

    @Test("A trace that would be too large fails, says how far it got and what to do")
    func sizeGuard() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recording = TraceRecording(
            into: try #require(fopen(path, "w")), path: path, window: nil, limit: 100_000)
        _ = try Experiment.runOnce(Self.scenario([]), seed: 1, options: RunOptions(makeObserver: { _ in recording }))
        #expect(recording.hasFailed)
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        #expect(size <= 100_000)
        #expect { try recording.close([]) } throws: { error in
            let text = "\(error)"
            return text.contains("larger than 100 kB") && text.contains("--trace-window, such as 0us..")
        }
    }
}
